// SPDX-License-Identifier: Apache-2.0
#include "lib/reachable_host.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TEST(PublicAddress, IsOfTheInternetOnly) {
  for (const char* address : {"140.82.121.4", "1.1.1.1", "172.15.0.1", "172.32.0.1",
                              "2606:50c0:8000::153", "2a00::1"})
    EXPECT_TRUE(is_public_address(address)) << address;
  for (const char* address : {"127.0.0.1",
                              "10.0.0.1",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "169.254.169.254",
                              "100.64.0.1",
                              "0.0.0.0",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::1",
                              "::",
                              "::ffff:10.0.0.1",
                              "::ffff:127.0.0.1",
                              "64:ff9b::a00:1",
                              "fe80::1",
                              "fc00::1",
                              "ff02::1",
                              "2002:a00:1::",
                              "2001:db8::1",
                              "2001::1",
                              "",
                              "host",
                              "010.0.0.1",
                              "1.1.1"})
    EXPECT_FALSE(is_public_address(address)) << address;
}

TEST(Networks, AreThoseOfTheAdministratorsFile) {
  const char* egress = "# theirs\n10.0.0.5/32\n  192.168.7.0/24  # a mirror\n\nnonsense\n";
  EXPECT_TRUE(is_in_networks("10.0.0.5", egress));
  EXPECT_TRUE(is_in_networks("192.168.7.200", egress));
  for (const char* address : {"10.0.0.6", "192.168.8.1", "::1", "x"})
    EXPECT_FALSE(is_in_networks(address, egress)) << address;
}

}  // namespace
}  // namespace hythe
