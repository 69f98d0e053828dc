// SPDX-License-Identifier: Apache-2.0
#include "inside/build/stack_names.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

TEST(StackNames, AreTheLongestPrefixes) {
  const Request request{
      .id = "1",
      .commit = "2",
      .app = "3",
      .stack = "debian-12",
      .stack_names = {
          {"github.com/Scalingo/", "scalingo-22"}, {"", "heroku-22"}, {"github.com/", "hub"}}};
  const StackNames names(request, {});
  EXPECT_EQ(names.for_buildpack(""), "debian-12");
  EXPECT_EQ(names.for_buildpack("./mine"), "debian-12");
  EXPECT_EQ(names.for_buildpack("https://github.com/Scalingo/x"), "scalingo-22");
  EXPECT_EQ(names.for_buildpack("https://github.com/x/y"), "hub");
  EXPECT_EQ(names.for_buildpack("https://example.org/x"), "heroku-22");
  const StackNames chosen(request, {{"STACK", "mine"}});
  EXPECT_EQ(chosen.for_buildpack("https://github.com/x/y"), "mine");
  EXPECT_EQ(chosen.for_buildpack(""), "debian-12");
}

TEST(StackNames, AreTheStacksOwnWhenNothingIsSaid) {
  const StackNames names({.id = "1", .commit = "2", .app = "3", .stack = "debian-12"}, {});
  EXPECT_EQ(names.for_buildpack("https://example.org/x"), "debian-12");
}

}  // namespace
}  // namespace hythe::builder
