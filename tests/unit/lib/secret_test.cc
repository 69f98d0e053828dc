// SPDX-License-Identifier: Apache-2.0
#include "lib/secret.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TEST(Secret, IsAnotherOneEachTime) {
  EXPECT_EQ(make_secret().size(), 64U);
  EXPECT_NE(make_secret(), make_secret());
}

TEST(Secret, IsTheSameOnlyAsItself) {
  EXPECT_TRUE(is_same_secret("", ""));
  EXPECT_TRUE(is_same_secret("abc", "abc"));
  for (const char* other : {"", "ab", "abd", "abcd", "Abc"})
    EXPECT_FALSE(is_same_secret("abc", other)) << other;
}

}  // namespace
}  // namespace hythe
