// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/dismissal.h"

#include <gtest/gtest.h>

namespace hythe::container {
namespace {

using Step = Dismissal::Step;

TEST(Dismissal, GrowsInWeight) {
  Dismissal dismissal;
  EXPECT_EQ(dismissal.patience_ms(0), -1);
  EXPECT_EQ(dismissal.next(1'000'000), Step::none);
  dismissal.ask_for(Step::hang_up, 100);
  EXPECT_EQ(dismissal.patience_ms(100), 0);
  EXPECT_EQ(dismissal.next(100), Step::hang_up);
  EXPECT_EQ(dismissal.next(100), Step::none);
  EXPECT_EQ(dismissal.patience_ms(100), Dismissal::kHangUpMs);
  EXPECT_EQ(dismissal.next(100 + Dismissal::kHangUpMs), Step::terminate);
  EXPECT_EQ(dismissal.next(100 + Dismissal::kGraceMs - 1), Step::none);
  EXPECT_EQ(dismissal.next(100 + Dismissal::kGraceMs), Step::kill);
  EXPECT_TRUE(dismissal.has_killed());
  EXPECT_EQ(dismissal.patience_ms(1'000'000), -1);
}

TEST(Dismissal, DoesNothingTwice) {
  Dismissal dismissal;
  dismissal.ask_for(Step::terminate, 0);
  EXPECT_EQ(dismissal.next(0), Step::terminate);
  // Somebody asks for less, or again: the kill comes when it was to come.
  dismissal.ask_for(Step::hang_up, 10);
  dismissal.ask_for(Step::terminate, 20);
  EXPECT_EQ(dismissal.next(20), Step::none);
  EXPECT_EQ(dismissal.patience_ms(20), Dismissal::kGraceMs - 20);
}

TEST(Dismissal, IsHastenedAndNeverPutOff) {
  Dismissal dismissal;
  dismissal.ask_for(Step::hang_up, 0);
  EXPECT_EQ(dismissal.next(0), Step::hang_up);
  dismissal.ask_for(Step::terminate, 1'000);
  EXPECT_EQ(dismissal.next(1'000), Step::terminate);
  EXPECT_EQ(dismissal.patience_ms(1'000), Dismissal::kGraceMs - 1'000);
  dismissal.ask_for(Step::kill, 2'000);
  EXPECT_EQ(dismissal.next(2'000), Step::kill);
}

}  // namespace
}  // namespace hythe::container
