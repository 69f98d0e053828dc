// SPDX-License-Identifier: Apache-2.0
#include "lib/net/reachable_host.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

TEST(Egress, IsOneNetworkALine) {
  const auto networks =
      parse_egress("# theirs\n10.0.0.5/32\n  192.168.7.0/24  # a mirror\n\n\t\n172.16.0.0/12");
  ASSERT_EQ(networks.size(), 3U);
  EXPECT_TRUE(networks[0].contains(*IpAddress::parse("10.0.0.5")));
  EXPECT_TRUE(networks[1].contains(*IpAddress::parse("192.168.7.200")));
  EXPECT_TRUE(networks[2].contains(*IpAddress::parse("172.31.0.1")));
  EXPECT_FALSE(networks[1].contains(*IpAddress::parse("192.168.8.1")));
  EXPECT_TRUE(parse_egress("").empty());
}

TEST(Egress, OpensNothingWhenALineIsAnythingElse) {
  for (const char* text : {"nonsense", "10.0.0.0/8\n10.0.0.0/33", "10.0.0.0/8 10.1.0.0/16",
                           "10.0.0.0 /8", "example.org"})
    EXPECT_THROW((void)parse_egress(text), PushError) << text;
}

TEST(ReachableAddresses, AreNeverThisHosts) {
  for (const char* host : {"127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "10.0.0.1", "localhost"})
    EXPECT_THROW((void)reachable_addresses(host), PushError) << host;
  EXPECT_EQ(reachable_addresses("1.1.1.1").front().text(), "1.1.1.1");
}

}  // namespace
}  // namespace hythe
