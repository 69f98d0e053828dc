// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/rate_limit.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

using std::chrono::seconds;
const RateLimit::Clock::time_point kStart{};

TEST(RateLimit, TakesABurstAndThenSoManyASecond) {
  RateLimit limit(3, 0.5);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.take("a", kStart));
  EXPECT_FALSE(limit.take("a", kStart));
  EXPECT_FALSE(limit.take("a", kStart + seconds(1)));
  EXPECT_TRUE(limit.take("a", kStart + seconds(2)));
  EXPECT_FALSE(limit.take("a", kStart + seconds(2)));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.take("a", kStart + seconds(3600)));
  EXPECT_FALSE(limit.take("a", kStart + seconds(3600)));
}

TEST(RateLimit, TellsWithoutCounting) {
  RateLimit limit(1, 1);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.has("a", kStart));
  EXPECT_TRUE(limit.take("a", kStart));
  EXPECT_FALSE(limit.has("a", kStart));
  EXPECT_TRUE(limit.has("a", kStart + seconds(1)));
  EXPECT_TRUE(limit.has("b", kStart));
}

TEST(RateLimit, IsOfEachKey) {
  RateLimit limit(1, 1);
  EXPECT_TRUE(limit.take("a", kStart));
  EXPECT_TRUE(limit.take("b", kStart));
  EXPECT_FALSE(limit.take("a", kStart));
  EXPECT_TRUE(limit.take("c", kStart));
}

TEST(RateLimit, ForgetsWhoWasQuietForLongest) {
  RateLimit limit(1, 0, 2);
  EXPECT_TRUE(limit.take("a", kStart));
  EXPECT_TRUE(limit.take("b", kStart + seconds(1)));
  EXPECT_TRUE(limit.take("c", kStart + seconds(2)));
  EXPECT_FALSE(limit.take("b", kStart + seconds(3)));
  EXPECT_TRUE(limit.take("a", kStart + seconds(4)));
}

}  // namespace
}  // namespace hythe
