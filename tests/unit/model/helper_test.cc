// SPDX-License-Identifier: Apache-2.0
#include "model/helper.h"

#include <fcntl.h>

#include <gtest/gtest.h>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

TEST(Answers, AreTakenOnlyWhenComplete) {
  Answers answers;
  answers.feed(
      std::string_view("started\0"
                       "47",
                       10));
  EXPECT_FALSE(answers.next());
  answers.feed(
      std::string_view("11\0exit\0"
                       "1\0",
                       10));
  EXPECT_EQ(answers.next(), std::make_pair(std::string("started"), std::string("4711")));
  EXPECT_EQ(answers.next(), std::make_pair(std::string("exit"), std::string("1")));
  EXPECT_FALSE(answers.next());
}

TEST(CallHelper, ThrowsTheHelpersOwnMessageAndCode) {
  try {
    call_helper("/bin/sh", {"-c", "cat >/dev/null; echo 'no such thing' >&2; exit 66"},
                "input");
    FAIL();
  } catch (const PushError& error) {
    EXPECT_STREQ(error.what(), "no such thing");
    EXPECT_EQ(error.exit_code(), 66);
  }
  EXPECT_NO_THROW(call_helper("/bin/true", {}));
}

TEST(Child, TellsHowItEnded) {
  Child exits = Child::start({.argv = {"/bin/sh", "-c", "exit 3"}});
  EXPECT_EQ(exits.wait().describe(), "exited with code 3");
  Child dies = Child::start({.argv = {"/bin/sh", "-c", "kill -SEGV $$"}});
  EXPECT_EQ(dies.wait().describe(), "was killed by SIGSEGV");
}

TEST(Child, GetsNothingButItsThreeDescriptorsAndItsEnvironment) {
  Pipe pipe = Pipe::make();
  const UniqueFd other = open_file("/dev/null", O_RDONLY);
  Child child = Child::start({.argv = {"/bin/sh", "-c",
                                       "test -e /proc/self/fd/" + std::to_string(other.get()) +
                                           " && echo leaked; env"},
                              .environment = {"PATH=/usr/bin:/bin", "ONLY=this"},
                              .stdout_fd = pipe.write.get()});
  pipe.write.reset();
  std::string output;
  while (read_some(pipe.read.get(), output)) {
  }
  EXPECT_TRUE(child.wait().is_success());
  EXPECT_EQ(output.find("leaked"), std::string::npos);
  EXPECT_NE(output.find("ONLY=this\n"), std::string::npos);
  EXPECT_EQ(output.find("HOME="), std::string::npos);
}

TEST(Child, CanBeWaitedForWithADeadline) {
  Pipe pipe = Pipe::make();
  Child child = Child::start({.argv = {"/bin/cat"}, .stdin_fd = pipe.read.get()});
  pipe.read.reset();
  EXPECT_FALSE(child.wait_for(20));
  pipe.write.reset();
  const auto status = child.wait_for(10'000);
  ASSERT_TRUE(status);
  EXPECT_TRUE(status->is_success());
}

}  // namespace
}  // namespace hythe
