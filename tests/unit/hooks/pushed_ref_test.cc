// SPDX-License-Identifier: Apache-2.0
#include "hooks/pushed_ref.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

const std::string kZero(40, '0');
const std::string kOne(40, '1');
const std::string kTwo(40, '2');

std::string refusal(const std::string& input) {
  try {
    (void)PushedRef::parse(input);
  } catch (const PushError& error) {
    return error.what();
  }
  return "";
}

TEST(PushedRef, IsOneUpdateOfADeployBranch) {
  for (const char* ref : {"refs/heads/main", "refs/heads/master"}) {
    const auto pushed = PushedRef::parse(kOne + ' ' + kTwo + ' ' + ref + '\n');
    EXPECT_EQ(pushed.ref, ref);
    EXPECT_EQ(pushed.old.text(), kOne);
    EXPECT_EQ(pushed.commit.text(), kTwo);
  }
}

TEST(PushedRef, SaysWhatToTypeInsteadOfAnotherBranch) {
  EXPECT_NE(refusal(kZero + ' ' + kOne + " refs/heads/feature/x\n")
                .find("git push hythe feature/x:main"),
            std::string::npos);
  EXPECT_NE(refusal(kZero + ' ' + kOne + " refs/tags/v1\n").find("'v1^{commit}:main'"),
            std::string::npos);
}

TEST(PushedRef, RefusesADeletion) {
  EXPECT_NE(refusal(kOne + ' ' + kZero + " refs/heads/main\n").find("cannot be deleted"),
            std::string::npos);
}

TEST(PushedRef, MayMakeAndRemoveAReviewApp) {
  const auto made = PushedRef::parse(kZero + ' ' + kOne + " refs/heads/review/look\n");
  EXPECT_EQ(made.ref, "refs/heads/review/look");
  EXPECT_TRUE(
      PushedRef::parse(kOne + ' ' + kZero + " refs/heads/review/look\n").commit.is_zero());
}

TEST(PushedRef, RefusesMoreThanOneLineHoweverItCame) {
  const std::string line = kOne + ' ' + kTwo + " refs/heads/main\n";
  EXPECT_NE(refusal(line + line).find("one branch at a time"), std::string::npos);
  // A ref name with a newline in it forges a second line.
  EXPECT_NE(refusal(kOne + ' ' + kTwo + " refs/heads/x\n" + line), "");
}

TEST(PushedRef, NeverEchoesANameThatATerminalOrShellWouldTakeAmiss) {
  for (const std::string name : {"refs/heads/\x1b[2J", "refs/heads/$(id)", "refs/heads/`id`",
                                 "refs/heads/a;b", "refs/heads/a b", "refs/heads/-rf",
                                 "refs/heads/", "HEAD", "", "refs/heads/ma\xc3\xafn"}) {
    const std::string message = refusal(kOne + ' ' + kTwo + ' ' + name + '\n');
    ASSERT_NE(message, "") << name;
    for (const char* hostile : {"\x1b", "$(", "`", ";", "-rf", "\xc3"})
      EXPECT_EQ(message.find(hostile), std::string::npos) << message;
  }
}

TEST(PushedRef, RefusesWhatIsNotOfGitsForm) {
  for (const std::string& input :
       {std::string(), std::string("\n"), kOne + "\n", kOne + ' ' + kTwo + '\n',
        "g" + kOne.substr(1) + ' ' + kTwo + " refs/heads/main\n",
        kOne + "  " + kTwo + " refs/heads/main\n", kOne + ' ' + kTwo + " refs/heads/main"})
    EXPECT_NE(refusal(input), "") << input;
}

}  // namespace
}  // namespace hythe
