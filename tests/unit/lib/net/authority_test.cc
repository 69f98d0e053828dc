// SPDX-License-Identifier: Apache-2.0
#include "lib/net/authority.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

std::string host_of(std::string_view text) {
  const auto parsed = Authority::parse(text);
  const auto* authority = std::get_if<Authority>(&parsed);
  return authority == nullptr ? "" : authority->host;
}

std::string fault_of(std::string_view text) {
  const auto parsed = Authority::parse(text);
  const auto* fault = std::get_if<Authority::Fault>(&parsed);
  return fault == nullptr ? "" : fault->what;
}

TEST(Authority, HasParts) {
  const auto parsed = Authority::parse("me:x@Example.ORG:8443");
  const auto& whole = std::get<Authority>(parsed);
  EXPECT_EQ(whole.user, "me:x");
  EXPECT_EQ(whole.host, "example.org");
  EXPECT_EQ(whole.port, 8443U);
  const auto bare = Authority::parse("h");
  EXPECT_EQ(std::get<Authority>(bare).user, "");
  EXPECT_FALSE(std::get<Authority>(bare).port);
}

TEST(Authority, TakesNamesAndAddresses) {
  for (const char* host : {"h", "xn--bcher-kva.example", "a-1.b-2", "1a.example", "192.0.2.1",
                           "127.0.0.1", "[::1]", "[2001:db8::1]", "[fe80::]"})
    EXPECT_EQ(host_of(host), host);
  EXPECT_EQ(host_of("[2001:DB8::1]:80"), "[2001:db8::1]");
}

TEST(Authority, RefusesNumbersThatOnlySomeTakeForAddresses) {
  for (const char* host : {"127.1", "0x7f.1", "2130706433", "0x7f000001", "010.0.0.1", "1.2.3",
                           "1.2.3.4.5", "256.0.0.1", "1.2.3.0x4", "0", "0x", "a.1", "a.0x1"})
    EXPECT_EQ(fault_of(host), "has a number for a host that is no address") << host;
}

TEST(Authority, RefusesWhatIsNoHost) {
  for (const std::string& host :
       {std::string(), std::string("."), std::string("h."), std::string(".h"),
        std::string("a..b"), std::string("-h"), std::string("h-"), std::string("a.-b"),
        std::string("h_x"), std::string("h x"), std::string("b\xc3\xbc"), std::string("h%31"),
        std::string("h\0x", 3), std::string(64, 'a'), std::string(126, 'a') + ".b",
        std::string("*.h")})
    EXPECT_EQ(fault_of(host), "has no proper host in it") << host;
  std::string longest = "a";
  while (longest.size() < 253) longest += ".a";
  EXPECT_EQ(host_of(longest), longest);
  EXPECT_EQ(fault_of(longest + ".a"), "has no proper host in it");
  for (const char* host : {"[", "[]", "[::1", "[::1]x", "[1.2.3.4]", "[::ffff:1.2.3.4]",
                           "[fe80::1%25eth0]", "[::1]]"})
    EXPECT_NE(fault_of(host), "") << host;
}

TEST(Authority, RefusesOtherPortsAndTwoUsers) {
  for (const char* text : {"h:", "h:0", "h:65536", "h:x", "h:80x", "h: 80", "h:+80", "[::1]:"})
    EXPECT_EQ(fault_of(text), "has no proper port in it") << text;
  EXPECT_EQ(fault_of("a@b@h"), "has two '@' in it");
}

}  // namespace
}  // namespace hythe
