// SPDX-License-Identifier: Apache-2.0
#include "webhook/forge/ci_patience.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

using std::chrono::seconds;
const CiPatience::Clock::time_point kStart{};
const CiTally kSuccess{.has_success = true, .count = 1};
const CiTally kOpen{.has_success = true, .has_open = true, .count = 2};
const CiTally kFailure{.has_failure = true, .count = 1};

TEST(CiPatience, BelievesASuccessToWhichNothingIsAdded) {
  CiPatience patience(kStart);
  EXPECT_EQ(patience.judge(kSuccess, kStart), CiVerdict::undecided);
  EXPECT_TRUE(patience.is_settling());
  EXPECT_EQ(patience.judge(kSuccess, kStart + seconds(9)), CiVerdict::undecided);
  EXPECT_EQ(patience.judge(kSuccess, kStart + seconds(10)), CiVerdict::success);
}

TEST(CiPatience, BeginsAnewWhenAnotherWorkflowIsThere) {
  CiPatience patience(kStart);
  EXPECT_EQ(patience.judge(kSuccess, kStart), CiVerdict::undecided);
  EXPECT_EQ(patience.judge(kOpen, kStart + seconds(10)), CiVerdict::undecided);
  EXPECT_FALSE(patience.is_settling());
  EXPECT_EQ(patience.judge(kSuccess, kStart + seconds(20)), CiVerdict::undecided);
  EXPECT_EQ(patience.judge(kSuccess, kStart + seconds(30)), CiVerdict::success);
}

TEST(CiPatience, BeginsAnewWhenMoreWasSuccessful) {
  CiPatience patience(kStart);
  EXPECT_EQ(patience.judge(kSuccess, kStart), CiVerdict::undecided);
  const CiTally more{.has_success = true, .count = 2};
  EXPECT_EQ(patience.judge(more, kStart + seconds(10)), CiVerdict::undecided);
  EXPECT_EQ(patience.judge(more, kStart + seconds(20)), CiVerdict::success);
}

TEST(CiPatience, TakesAFailureAtOnce) {
  CiPatience patience(kStart);
  EXPECT_EQ(patience.judge(kSuccess, kStart), CiVerdict::undecided);
  EXPECT_EQ(patience.judge(kFailure, kStart + seconds(1)), CiVerdict::failure);
}

TEST(CiPatience, WaitsAMinuteForWhatIsAnnounced) {
  CiPatience patience(kStart);
  const CiTally announced{.has_success = true, .has_announced = true, .count = 2};
  for (const int second : {0, 15, 59})
    EXPECT_EQ(patience.judge(announced, kStart + seconds(second)), CiVerdict::undecided);
  EXPECT_FALSE(patience.is_settling());
  EXPECT_EQ(patience.judge(announced, kStart + seconds(60)), CiVerdict::undecided);
  EXPECT_EQ(patience.judge(announced, kStart + seconds(70)), CiVerdict::success);
  CiPatience other(kStart);
  EXPECT_EQ(other.judge({.has_announced = true, .count = 1}, kStart + seconds(600)),
            CiVerdict::undecided);
}

}  // namespace
}  // namespace hythe
