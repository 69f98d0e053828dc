// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deploy_options.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

std::string refusal(std::initializer_list<std::string_view> given) {
  DeployOptions options;
  try {
    for (const std::string_view option : given) options.set(option);
  } catch (const PushError& error) {
    return error.what();
  }
  return "";
}

TEST(DeployOptions, AreAClosedList) {
  DeployOptions options;
  for (const char* option : {"detach", "no-cache", "dry-run", "buildpack=https://host/x.git#v2",
                             "message=the new prices = € 5"})
    options.set(option);
  EXPECT_TRUE(options.detach);
  EXPECT_TRUE(options.no_cache);
  EXPECT_TRUE(options.dry_run);
  EXPECT_EQ(options.buildpack, "https://host/x.git#v2");
  EXPECT_EQ(options.message, "the new prices = € 5");
}

TEST(DeployOptions, RefuseWhatTheyAreNotAndSayWhatThereIs) {
  for (const char* option : {"", "force", "nocache", "Detach", "detach ", "ci.skip", "-o"})
    EXPECT_EQ(refusal({option}), concat("there is no option '", option,
                                        "'\nthere are: detach, no-cache, dry-run, "
                                        "buildpack=NAME, message=TEXT"));
  EXPECT_EQ(refusal({"x\x1b[2J=1"}).substr(0, 33), "there is no option 'x\\x1b[2J'\nthe");
}

TEST(DeployOptions, RefuseValuesThatCannotBeShown) {
  const std::string longest(200, 'x');
  EXPECT_EQ(refusal({"message=" + longest}), "");
  EXPECT_NE(refusal({"message=" + longest + "x"}), "");
  for (const char* option : {"message=", "message", "message=two\nlines", "message=\x1b[31m",
                             "message=\xff", "buildpack=", "buildpack", "buildpack=a b",
                             "buildpack=a\tb", "no-cache=yes", "detach="})
    EXPECT_NE(refusal({option}), "") << option;
}

TEST(DeployOptions, TakeATextOnce) {
  EXPECT_EQ(refusal({"detach", "detach"}), "");
  EXPECT_EQ(refusal({"message=a", "message=a"}), "the option 'message' is given twice");
}

}  // namespace
}  // namespace hythe
