// SPDX-License-Identifier: Apache-2.0
#include "model/serving_history.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

using Numbers = std::set<Number>;

TEST(ServingHistory, OfNothingKnowsNothing) {
  const ServingHistory none({});
  EXPECT_FALSE(none.has_served(1));
  EXPECT_EQ(none.before(1), 0U);
  EXPECT_EQ(none.rolled_back_from(1), 0U);
  EXPECT_TRUE(none.newest(5).empty());
  EXPECT_TRUE(none.needed({1}, 1).empty());
}

TEST(ServingHistory, GoesBackToWhatServedBeforeAndForwardAgain) {
  const ServingHistory pushed({{9, 3, "env"}, {8, 3, "push"}, {5, 2, "push"}, {1, 1, "push"}});
  EXPECT_EQ(pushed.before(3), 2U);
  EXPECT_EQ(pushed.rolled_back_from(3), 0U);
  const ServingHistory back(
      {{10, 2, "rollback"}, {9, 3, "env"}, {8, 3, "push"}, {5, 2, "push"}});
  EXPECT_EQ(back.before(2), 3U);
  EXPECT_EQ(back.rolled_back_from(2), 3U);
}

TEST(ServingHistory, KnowsARollbackUntilAnotherReleaseServes) {
  const ServingHistory changed(
      {{12, 2, "scale"}, {11, 2, "env"}, {10, 2, "rollback"}, {9, 3, "push"}, {5, 2, "push"}});
  EXPECT_EQ(changed.rolled_back_from(2), 3U);
  const ServingHistory pushed({{13, 4, "push"}, {10, 2, "rollback"}, {9, 3, "push"}});
  EXPECT_EQ(pushed.rolled_back_from(4), 0U);
  EXPECT_EQ(pushed.before(4), 2U);
}

TEST(ServingHistory, CountsReleasesAndNotDeployments) {
  const ServingHistory history(
      {{9, 2, "rollback"}, {8, 7, "env"}, {7, 7, "push"}, {5, 5, "push"}, {2, 2, "push"}});
  EXPECT_EQ(history.newest(2), (Numbers{5, 7}));
  EXPECT_EQ(history.newest(9), (Numbers{2, 5, 7}));
  EXPECT_TRUE(history.has_served(5));
  EXPECT_FALSE(history.has_served(6));
}

TEST(ServingHistory, NeedsTheDeploymentsThatTellIt) {
  std::vector<ServingHistory::Entry> entries = {
      {20, 2, "env"}, {19, 2, "env"}, {10, 2, "rollback"}, {9, 3, "env"},
      {8, 3, "push"}, {5, 2, "push"}, {1, 1, "push"}};
  const auto needed = ServingHistory(entries).needed({2, 3}, 2);
  EXPECT_EQ(needed, (Numbers{9, 10, 20}));
  std::erase_if(entries, [&](const auto& entry) { return !needed.contains(entry.deployment); });
  const ServingHistory left(entries);
  EXPECT_EQ(left.before(2), 3U);
  EXPECT_EQ(left.rolled_back_from(2), 3U);
  EXPECT_TRUE(left.has_served(3));
}

}  // namespace
}  // namespace hythe
