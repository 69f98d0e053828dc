// SPDX-License-Identifier: Apache-2.0
#include "lib/git/oid.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

const std::string kText = "0123456789abcdef0123456789abcdef01234567";

TEST(Oid, ReadsWhatItWrites) {
  const auto oid = Oid::parse(kText);
  ASSERT_TRUE(oid);
  EXPECT_EQ(oid->text(), kText);
  EXPECT_EQ(oid->short_text(), "0123456");
  EXPECT_FALSE(oid->is_zero());
  EXPECT_EQ(oid, Oid::parse(kText));
  EXPECT_NE(*oid, Oid());
}

TEST(Oid, OfZerosOnlyIsZero) {
  EXPECT_TRUE(Oid().is_zero());
  EXPECT_EQ(Oid::parse(std::string(40, '0')), Oid());
  EXPECT_FALSE(Oid::parse(std::string(39, '0') + '1')->is_zero());
}

TEST(Oid, HasExactlyOneSpelling) {
  for (const std::string& text :
       {std::string(), kText.substr(1), kText + '0', kText.substr(1) + 'g',
        kText.substr(1) + 'A', kText.substr(1) + ' ', kText.substr(1) + '\n',
        std::string(40, '\0'), "0x" + kText.substr(2), std::string(64, '0')})
    EXPECT_FALSE(Oid::parse(text)) << text;
}

}  // namespace
}  // namespace hythe
