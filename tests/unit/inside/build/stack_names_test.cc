// SPDX-License-Identifier: Apache-2.0
#include "inside/build/stack_names.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

TEST(StackNames, AreTheirOwners) {
  const Request request{
      .id = "1",
      .commit = "2",
      .app = "3",
      .stack = "debian-12",
      .stack_names = {{"", "heroku-22"}, {"github.com/scalingo", "scalingo-22"}}};
  const StackNames names(request, {});
  EXPECT_EQ(names.for_buildpack(""), "debian-12");
  EXPECT_EQ(names.for_buildpack("./mine"), "debian-12");
  EXPECT_EQ(names.for_buildpack("https://github.com/Scalingo/x#v1"), "scalingo-22");
  EXPECT_EQ(names.for_buildpack("https://example.org/x"), "heroku-22");
  const StackNames chosen(request, {{"BUILDPACK_STACK", "mine"}});
  EXPECT_EQ(chosen.for_buildpack("https://github.com/x/y"), "mine");
  EXPECT_EQ(chosen.for_buildpack("./mine"), "mine");
  EXPECT_EQ(chosen.for_buildpack(""), "debian-12");
}

TEST(StackNames, AreTheStacksOwnWhenNothingIsSaid) {
  const StackNames names({.id = "1", .commit = "2", .app = "3", .stack = "debian-12"}, {});
  EXPECT_EQ(names.for_buildpack("https://example.org/x"), "debian-12");
}

TEST(Owner, IsInEveryKindOfAddress) {
  for (const char* url :
       {"https://github.com/Scalingo/x", "git@github.com:Scalingo/x.git",
        "ssh://git@github.com/scalingo/x", "https://user:secret@GitHub.com/SCALINGO/x#main",
        "https://github.com:443/Scalingo/x", "github.com/Scalingo/x", "github.com/Scalingo",
        "https://github.com//Scalingo/x"})
    EXPECT_EQ(owner_of(url), "github.com/scalingo") << url;
  for (const char* url :
       {"https://github.com.example.org/Scalingo/x", "https://github.com/",
        "https://example.org/github.com/Scalingo/x", "/", ":", "@", "://",
        "https://github.com/ScalingoX/y", "https://github.com@example.org/Scalingo/x"})
    EXPECT_NE(owner_of(url), "github.com/scalingo") << url;
}

}  // namespace
}  // namespace hythe::builder
