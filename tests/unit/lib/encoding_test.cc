// SPDX-License-Identifier: Apache-2.0
#include "lib/encoding.h"

#include <gtest/gtest.h>

#include <array>

namespace hythe {
namespace {

TEST(Encoding, OfBytesIsThatOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xff\xfe\xfb"), "//77");
  EXPECT_EQ(hexadecimal(std::array<std::uint8_t, 3>{0x00, 0x1f, 0xa0}), "001fa0");
}

}  // namespace
}  // namespace hythe
