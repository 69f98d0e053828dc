// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/sender.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TEST(Sender, IsAnAddressOfIPv4OrANetworkOfIPv6) {
  EXPECT_EQ(sender_of("192.0.2.1"), "192.0.2.1");
  EXPECT_NE(sender_of("192.0.2.1"), sender_of("192.0.2.2"));
  EXPECT_EQ(sender_of("2001:db8:1:2::1"), sender_of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  EXPECT_EQ(sender_of("2001:DB8:1:2:0::"), sender_of("2001:db8:1:2::1"));
  EXPECT_NE(sender_of("2001:db8:1:2::1"), sender_of("2001:db8:1:3::1"));
}

TEST(Sender, OfIPv4IsTheSameHoweverItIsWritten) {
  EXPECT_EQ(sender_of("::ffff:192.0.2.1"), sender_of("192.0.2.1"));
  EXPECT_EQ(sender_of("::ffff:c000:201"), sender_of("192.0.2.1"));
  EXPECT_NE(sender_of("::ffff:192.0.2.1"), sender_of("::ffff:192.0.2.2"));
}

TEST(Sender, IsOneWhateverIsNoAddress) {
  for (const char* text : {"unix:", "192.0.2", "192.0.2.1, 10.0.0.1", "192.0.2.1 ", "fe80::1%e",
                           "[::1]", "a", "0x7f.1"})
    EXPECT_EQ(sender_of(text), sender_of("")) << text;
}

}  // namespace
}  // namespace hythe
