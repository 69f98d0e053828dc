// SPDX-License-Identifier: Apache-2.0
#include "lib/net/network.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TEST(IpAddress, IsPublicOnlyIfAnybodyOnTheInternetHasIt) {
  for (const char* text :
       {"1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1",
        "223.255.255.255", "2606:4700::1", "2a00:1450::1", "::ffff:1.1.1.1"})
    EXPECT_TRUE(IpAddress::parse(text)->is_public()) << text;
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.1.2.3",
                           "168.63.129.16",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.1.1.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::127.0.0.1",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::a00:1",
                           "fe80::1",
                           "fc00::1",
                           "fd12::1",
                           "fec0::1",
                           "ff02::1",
                           "2001::1",
                           "2001:db8::1",
                           "2002:7f00:1::1",
                           "3fff::1",
                           "100::1",
                           "5f00::1"})
    EXPECT_FALSE(IpAddress::parse(text)->is_public()) << text;
}

TEST(IpAddress, IsNothingElse) {
  for (const char* text :
       {"", "1", "1.2.3", "01.2.3.4", "0x7f.0.0.1", "1.2.3.4.5", "a::b::c", "1.2.3.4 ", "host"})
    EXPECT_FALSE(IpAddress::parse(text)) << text;
  EXPECT_EQ(IpAddress::parse("::ffff:10.1.2.3")->text(), "10.1.2.3");
  EXPECT_EQ(IpAddress::parse("2001:DB8:0::1")->text(), "2001:db8::1");
}

TEST(Network, ContainsWhatBeginsWithItsBits) {
  const auto in = [](const char* network, const char* address) {
    return Network::parse(network)->contains(*IpAddress::parse(address));
  };
  EXPECT_TRUE(in("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(in("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(in("10.1.0.0/15", "10.0.9.9"));
  EXPECT_FALSE(in("10.0.0.0/15", "10.2.0.0"));
  EXPECT_TRUE(in("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(in("192.0.2.7", "192.0.2.6"));
  EXPECT_TRUE(in("0.0.0.0/0", "1.2.3.4"));
  EXPECT_FALSE(in("0.0.0.0/0", "2606::1"));
  EXPECT_TRUE(in("fd00::/8", "fdff::1"));
  EXPECT_FALSE(in("fd00::/8", "fc00::1"));
  for (const char* text : {"10.0.0.0/33", "10.0.0.0/", "10/8", "fd00::/129", "/8", "x"})
    EXPECT_FALSE(Network::parse(text)) << text;
}

TEST(IpAddress, EndsWhereItsTextEnds) {
  EXPECT_FALSE(IpAddress::parse(std::string_view("192.0.2.1\0x", 11)));
}

}  // namespace
}  // namespace hythe
