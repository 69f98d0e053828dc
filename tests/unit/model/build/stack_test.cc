// SPDX-License-Identifier: Apache-2.0
#include "model/build/stack.h"

#include <gtest/gtest.h>

#include "lib/errors.h"
#include "lib/os_release.h"

namespace hythe {
namespace {

std::string own(const std::string& config = "", std::string_view stack = "host") {
  return own_stack_name(Config::parse(config, "test"), *StackName::parse(stack));
}
using Names = std::map<std::string, std::string>;
Names foreign(const std::string& config = "", std::string_view stack = "host") {
  return foreign_stack_names(Config::parse(config, "test"), *StackName::parse(stack));
}

TEST(StackNames, AreWhatEachSourceOfBuildpacksKnows) {
  EXPECT_EQ(own(), stack_of_host());
  EXPECT_EQ(own("", "trixie"), "trixie");
  EXPECT_EQ(foreign(), (Names{{"", "heroku-22"}, {"github.com/scalingo", "scalingo-22"}}));
  EXPECT_EQ(foreign("", "trixie"), foreign());
}

TEST(StackNames, FollowAStackThatHasTheirName) {
  const Names names = {{"", "heroku-24"}, {"github.com/scalingo", "scalingo-24"}};
  EXPECT_EQ(foreign("", "heroku-24"), names);
  EXPECT_EQ(foreign("", "scalingo-24"), names);
}

TEST(StackNames, AreTheAdministratorsToSay) {
  const std::string config =
      "stack_aliases:\n  host:\n    official: debian-13\n    github.com/Heroku: heroku-24\n"
      "    others: heroku-20\n  bare:\n    github.com/Scalingo: scalingo-26\n";
  EXPECT_EQ(own(config), "debian-13");
  EXPECT_EQ(foreign(config), (Names{{"", "heroku-20"},
                                    {"github.com/heroku", "heroku-24"},
                                    {"github.com/scalingo", "scalingo-22"}}));
  EXPECT_EQ(own(config, "bare"), "bare");
  EXPECT_EQ(foreign(config, "bare"),
            (Names{{"", "heroku-22"}, {"github.com/scalingo", "scalingo-26"}}));
}

TEST(StackAliases, AreNamesOfStacks) {
  for (const char* config :
       {"stack_aliases:\n  ../x:\n    others: y", "stack_aliases:\n  host:\n    others: a b",
        "stack_aliases:\n  host:\n    others: ''"})
    EXPECT_THROW((void)Config::parse(config, "test"), PushError) << config;
}

}  // namespace
}  // namespace hythe
