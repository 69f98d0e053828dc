// SPDX-License-Identifier: Apache-2.0
#include "core/stack_name.h"

#include <gtest/gtest.h>

#include <string>

namespace hythe {
namespace {

TEST(StackName, IsSafeInAPath) {
  for (const char* text : {"host", "debian-12", "heroku-24", "a", "0", "ubuntu-24.04", "a..b",
                           "abcdefghijklmnopqrstuvwxyz012345"})
    EXPECT_TRUE(StackName::parse(text)) << text;
  for (const char* text : {"", ".", "..", "-a", ".a", "a/b", "../a", "A", "a b", "a\n", "é",
                           "a@20261125", "a_b", "a:b", "abcdefghijklmnopqrstuvwxyz0123456"})
    EXPECT_FALSE(StackName::parse(text)) << text;
  EXPECT_FALSE(StackName::parse(std::string_view("a\0b", 3)));
}

TEST(StackName, KnowsTheHosts) {
  EXPECT_TRUE(StackName::host().is_host());
  EXPECT_FALSE(StackName::parse("hosts")->is_host());
}

TEST(StackVersion, HasOneText) {
  for (const char* text : {"debian-12@20261125", "debian-12@20261125.2", "a@20261125.10",
                           "a@20261125.999", "ubuntu-24.04@20270101"}) {
    const auto version = StackVersion::parse(text);
    ASSERT_TRUE(version) << text;
    EXPECT_EQ(version->view(), text);
  }
  for (const char* text : {"",
                           "@",
                           "a",
                           "a@",
                           "@20261125",
                           "a@2026112",
                           "a@202611250",
                           "a@20261125.",
                           "a@20261125.0",
                           "a@20261125.1",
                           "a@20261125.02",
                           "a@20261125.1000",
                           "a@20261125.2.3",
                           "a@00261125",
                           "a@20261125.-2",
                           "a@20261125 ",
                           "a@20261125@20261125",
                           "../a@20261125",
                           "a@2026/1125",
                           ".new-1",
                           "host@20261125"})
    EXPECT_FALSE(StackVersion::parse(text)) << text;
}

TEST(StackVersion, IsNewerByDateAndThenByNumber) {
  const auto is_newer = [](const char* a, const char* b) {
    return StackVersion::parse(a)->is_newer_than(*StackVersion::parse(b));
  };
  EXPECT_TRUE(is_newer("a@20261126", "a@20261125.7"));
  EXPECT_TRUE(is_newer("a@20261125.10", "a@20261125.9"));
  EXPECT_TRUE(is_newer("a@20261125.2", "a@20261125"));
  EXPECT_FALSE(is_newer("a@20261125", "a@20261125"));
}

TEST(StackVersion, IsMadeOfTwoNumbers) {
  const auto name = *StackName::parse("x");
  EXPECT_EQ(StackVersion::of(name, 20261125, 1)->view(), "x@20261125");
  EXPECT_EQ(StackVersion::of(name, 20261125, 120)->view(), "x@20261125.120");
  EXPECT_FALSE(StackVersion::of(name, 20261125, 1000));
  EXPECT_FALSE(StackVersion::of(name, 0, 1));
  EXPECT_EQ(StackVersion::of(*StackName::parse(std::string(32, 'n')), 20261125, 999)->view(),
            std::string(32, 'n') + "@20261125.999");
}

}  // namespace
}  // namespace hythe
