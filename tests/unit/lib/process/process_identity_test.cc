// SPDX-License-Identifier: Apache-2.0
#include "lib/process/process_identity.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace hythe {
namespace {

TEST(ProcessIdentity, ComesBackAsItWasWritten) {
  const auto me = ProcessIdentity::of(::getpid());
  ASSERT_TRUE(me);
  EXPECT_GT(me->start, 0U);
  const auto again = ProcessIdentity::parse(me->text());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->pid, me->pid);
  EXPECT_EQ(again->start, me->start);
  for (const char* text : {"", "1", "1 ", " 1", "x 1", "1 x", "-1 1", "1 2 3"})
    EXPECT_FALSE(ProcessIdentity::parse(text)) << text;
}

TEST(ProcessIdentity, TellsALivingProcessFromALaterOneOfThatPid) {
  auto me = *ProcessIdentity::of(::getpid());
  EXPECT_FALSE(me.wait_until_gone(Deadline(Milliseconds(1))));
  me.start += 1;
  EXPECT_TRUE(me.wait_until_gone(Deadline(Milliseconds(1))));
}

TEST(ProcessIdentity, KnowsWhenAProcessIsGone) {
  EXPECT_FALSE(ProcessIdentity::of(0x7FFFFFF));
  EXPECT_TRUE((ProcessIdentity{.pid = 0x7FFFFFF, .start = 1}.wait_until_gone(
      Deadline(Milliseconds(1)))));
}

}  // namespace
}  // namespace hythe
