// SPDX-License-Identifier: Apache-2.0
#include "lib/stack.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

std::string name_for(std::string_view url, const std::string& config = "",
                     std::string_view stack = "host") {
  return stack_name_for(url, Config::parse(config, "test"), *StackName::parse(stack));
}

TEST(StackNameFor, IsWhatEachSourceOfBuildpacksKnows) {
  EXPECT_EQ(name_for(""), "debian-12");
  EXPECT_EQ(name_for("https://github.com/Scalingo/ruby-buildpack"), "scalingo-22");
  EXPECT_EQ(name_for("https://github.com/heroku/heroku-buildpack-ruby#v1"), "heroku-22");
  EXPECT_EQ(name_for("https://example.org/whoever/buildpack.git"), "heroku-22");
  EXPECT_EQ(name_for("", "", "trixie"), "trixie");
  EXPECT_EQ(name_for("https://github.com/heroku/x", "", "trixie"), "heroku-22");
}

TEST(StackNameFor, ReadsEveryKindOfAddress) {
  for (const char* url :
       {"https://github.com/Scalingo/x", "git@github.com:Scalingo/x.git",
        "ssh://git@github.com/scalingo/x", "https://user:secret@GitHub.com/SCALINGO/x#main",
        "https://github.com:443/Scalingo/x", "github.com/Scalingo/x", "github.com/Scalingo",
        "https://github.com//Scalingo/x"})
    EXPECT_EQ(name_for(url), "scalingo-22") << url;
  for (const char* url :
       {"https://github.com.example.org/Scalingo/x", "https://github.com/",
        "https://example.org/github.com/Scalingo/x", "/", ":", "@", "://",
        "https://github.com/ScalingoX/y", "https://github.com@example.org/Scalingo/x"})
    EXPECT_EQ(name_for(url), "heroku-22") << url;
}

TEST(StackNameFor, FollowsAStackThatHasTheirName) {
  EXPECT_EQ(name_for("https://github.com/heroku/x", "", "heroku-24"), "heroku-24");
  EXPECT_EQ(name_for("https://github.com/Scalingo/x", "", "heroku-24"), "scalingo-24");
  EXPECT_EQ(name_for("https://github.com/heroku/x", "", "scalingo-24"), "heroku-24");
}

TEST(StackNameFor, IsTheAdministratorsToSay) {
  const std::string config =
      "stack_aliases:\n  host:\n    official: debian-13\n    github.com/heroku: heroku-24\n"
      "    others: heroku-20\n  bare:\n    github.com/Scalingo: scalingo-26\n";
  EXPECT_EQ(name_for("", config), "debian-13");
  EXPECT_EQ(name_for("https://github.com/Heroku/x", config), "heroku-24");
  EXPECT_EQ(name_for("https://gitlab.com/heroku/x", config), "heroku-20");
  EXPECT_EQ(name_for("https://github.com/Scalingo/x", config), "scalingo-22");
  EXPECT_EQ(name_for("https://github.com/Scalingo/x", config, "bare"), "scalingo-26");
  EXPECT_EQ(name_for("", config, "bare"), "bare");
}

TEST(StackAliases, AreNamesOfStacks) {
  for (const char* config :
       {"stack_aliases:\n  ../x:\n    others: y", "stack_aliases:\n  host:\n    others: a b",
        "stack_aliases:\n  host:\n    others: ''"})
    EXPECT_THROW((void)Config::parse(config, "test"), PushError) << config;
}

}  // namespace
}  // namespace hythe
