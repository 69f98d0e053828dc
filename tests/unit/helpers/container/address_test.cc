// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/address.h"

#include <gtest/gtest.h>

#include "helpers/container/egress.h"
#include "helpers/container/resolvers.h"

namespace hythe::container {
namespace {

TEST(Address, IsReadAsItIsWritten) {
  for (const char* text : {"0.0.0.0", "10.214.0.129", "255.255.255.255"})
    EXPECT_STREQ(parse_address(text)->text().c_str, text);
  for (const char* text : {"", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.4 ",
                           "1..2.3", "::1", "a.b.c.d", "1.2.3.-4"})
    EXPECT_FALSE(parse_address(text)) << text;
}

TEST(Network, HasNoBitsBeyondItsPrefix) {
  for (const char* text : {"0.0.0.0/0", "10.0.0.0/8", "192.168.7.0/24", "1.2.3.4/32"})
    EXPECT_TRUE(Network::parse(text)) << text;
  for (const char* text : {"10.0.0.1/8", "1.2.3.4", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/024",
                           "/8", "1.0.0.0/0", "10.0.0.0/8 "})
    EXPECT_FALSE(Network::parse(text)) << text;
}

TEST(Egress, IsOneNetworkALine) {
  const auto networks = parse_egress("# databases\n 10.1.0.0/16\t# east\n\n192.168.0.7/32");
  ASSERT_TRUE(networks);
  ASSERT_EQ(networks->size(), 2U);
  EXPECT_EQ((*networks)[1].prefix, 32U);
  EXPECT_TRUE(parse_egress("")->empty());
}

TEST(Egress, IsRefusedAsAWholeForOneOddLine) {
  for (const char* text : {"10.1.0.0", "10.0.0.0/8 10.1.0.0/16", "10.0.0.0/8;", "example.org",
                           "fd00::/8", "10.0.0.0/8\r\n", "10.0.0.0/8\n} drop"})
    EXPECT_FALSE(parse_egress(text)) << text;
}

TEST(Resolvers, AreThoseThatAContainerCanReach) {
  const auto resolvers = Resolvers::parse(
      "# made by\nnameserver 127.0.0.53\nnameserver 9.9.9.9 # quad\nnameserver ::1\n"
      "nameserver 9.9.9.9\n"
      "nameserver 10.0.0.2\nsearch example.org\noptions edns0\nsortlist x\n");
  EXPECT_EQ(resolvers.text(),
            "nameserver 9.9.9.9\nnameserver 10.0.0.2\nsearch example.org\noptions edns0\n");
  EXPECT_TRUE(Resolvers::parse("nameserver 127.0.0.1\n").servers.empty());
  EXPECT_EQ(Resolvers::parse("nameserver 1.1.1.1\nnameserver 1.1.1.2\nnameserver 1.1.1.3\n"
                             "nameserver 1.1.1.4\n")
                .servers.size(),
            Resolvers::kMax);
}

}  // namespace
}  // namespace hythe::container
