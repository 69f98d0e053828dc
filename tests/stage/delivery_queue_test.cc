// SPDX-License-Identifier: Apache-2.0
#include "model/forge/delivery_queue.h"

#include <filesystem>
#include <fstream>

#include "core/paths.h"
#include "lib/git/git_repository.h"
#include "model/forge/change_request.h"
#include "pipeline/branch.h"
#include "tests/stage/world.h"

namespace hythe::test {
namespace {

class DeliveryStage : public Stage {
 protected:
  DeliveryStage() {
    std::filesystem::remove_all(paths::kDeliveries);
    std::filesystem::create_directories(paths::kDeliveries);
  }
  void put(const std::string& commit) const {
    DeliveryQueue::put(shop, {.branch = "main", .commit = commit, .id = "x y: 'z'"});
  }
};

TEST_F(DeliveryStage, StandsForAllThatCameMeanwhile) {
  for (const char* commit : {"a", "b", "c"}) put(commit);
  const auto delivery = DeliveryQueue::take(shop);
  ASSERT_TRUE(delivery);
  EXPECT_EQ(delivery->commit, "c");
  EXPECT_EQ(delivery->count, 3U);
  EXPECT_EQ(delivery->id, "x y: 'z'");
  EXPECT_EQ(delivery->attempts, 1U);
  DeliveryQueue::finish(shop);
  EXPECT_FALSE(DeliveryQueue::take(shop));
  EXPECT_TRUE(DeliveryQueue::apps().empty());
}

TEST_F(DeliveryStage, IsTakenAgainAfterWhoeverTookItHasDied) {
  put("a");
  (void)DeliveryQueue::take(shop);
  EXPECT_EQ(DeliveryQueue::apps(), std::vector{shop});
  const auto again = DeliveryQueue::take(shop);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->commit, "a");
  EXPECT_EQ(again->attempts, 2U);
}

TEST_F(DeliveryStage, GivesWayToWhatIsNewer) {
  put("a");
  (void)DeliveryQueue::take(shop);
  put("b");
  EXPECT_TRUE(DeliveryQueue::has_waiting(shop));
  const auto newer = DeliveryQueue::take(shop);
  ASSERT_TRUE(newer);
  EXPECT_EQ(newer->commit, "b");
  EXPECT_EQ(newer->attempts, 1U);
  DeliveryQueue::finish(shop);
  EXPECT_FALSE(DeliveryQueue::take(shop));
}

TEST_F(DeliveryStage, IsSetAsideWhenItCannotBeRead) {
  const std::string taken = std::string(paths::kDeliveries) + "/shop.taken";
  const std::string aside = std::string(paths::kDeliveries) + "/shop.unreadable";
  std::ofstream(taken) << "{ broken";
  EXPECT_THROW((void)DeliveryQueue::take(shop), UnreadableDelivery);
  EXPECT_TRUE(std::filesystem::exists(aside));
  EXPECT_TRUE(DeliveryQueue::apps().empty());
  EXPECT_FALSE(DeliveryQueue::take(shop));
  put("a");
  EXPECT_EQ(DeliveryQueue::take(shop)->commit, "a");
  DeliveryQueue::forget(shop);
  EXPECT_FALSE(std::filesystem::exists(aside));
}

TEST_F(DeliveryStage, TakesThePlaceOfWhatCannotBeRead) {
  std::ofstream(std::string(paths::kDeliveries) + "/shop.yml") << "{ broken";
  put("a");
  const auto delivery = DeliveryQueue::take(shop);
  ASSERT_TRUE(delivery);
  EXPECT_EQ(delivery->commit, "a");
  EXPECT_EQ(delivery->count, 1U);
}

TEST_F(DeliveryStage, LeavesNoLockBehind) {
  const std::string file = std::string(paths::kDeliveries) + "/shop.lock";
  UniqueFd lock = DeliveryQueue::lock(shop);
  DeliveryQueue::forget(shop);
  EXPECT_TRUE(std::filesystem::exists(file));
  lock.reset();
  DeliveryQueue::forget(shop);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(DeliveryStage, LooksAtNothingElseInItsDirectory) {
  for (const char* name :
       {"decoy", "shop.lock", "shop.seen", "shop.yml.Xa3b9Z", "..yml", "A.yml"})
    std::ofstream(std::string(paths::kDeliveries) + '/' + name) << "x";
  EXPECT_TRUE(DeliveryQueue::apps().empty());
}

TEST_F(DeliveryStage, IsForgottenWithTheRequests) {
  put("a");
  const ChangeRequest request{
      .number = 7, .is_open = true, .branch = "x", .base = "main", .commit = "c"};
  EXPECT_TRUE(request.record(shop));
  ASSERT_EQ(ChangeRequest::open_ones(shop).size(), 1U);
  EXPECT_EQ(ChangeRequest::open_ones(shop)[0].branch, "x");
  DeliveryQueue::forget(shop);
  EXPECT_TRUE(DeliveryQueue::apps().empty());
  EXPECT_TRUE(ChangeRequest::open_ones(shop).empty());
}

TEST_F(DeliveryStage, KeepsABoundedNumberOfRequestsWhileTheyAreOpen) {
  ChangeRequest request{.is_open = true, .branch = "x", .base = "main", .commit = "c"};
  for (request.number = 1; request.number <= ChangeRequest::kMost; ++request.number)
    ASSERT_TRUE(request.record(shop));
  EXPECT_FALSE(request.record(shop));
  request.number = 3;
  EXPECT_TRUE(request.record(shop));
  request.is_open = false;
  EXPECT_TRUE(request.record(shop));
  EXPECT_EQ(ChangeRequest::open_ones(shop).size(), ChangeRequest::kMost - 1);
}

TEST_F(DeliveryStage, MovesTheBranchAsGitDoesForAPush) {
  const Oid before = repository.commit(repository.tree({}), "one");
  repository.set_ref("refs/heads/main", before);
  order.kind = Order::Kind::link;
  order.commit = repository.commit(repository.tree({}), "two");
  const AppLock held = lock();
  move_branch(order, held);
  EXPECT_EQ(GitRepository::open(App::repository(shop)).read_ref("refs/heads/main"),
            order.commit);
  order.commit = *Oid::parse(std::string(40, 'd'));  // that is not there
  EXPECT_THROW(move_branch(order, held), SystemError);
}

}  // namespace
}  // namespace hythe::test
