// SPDX-License-Identifier: Apache-2.0
#include "pipeline/garbage.h"

#include <filesystem>

#include "core/paths.h"
#include "model/standing.h"
#include "pipeline/rollback.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using test::message_of;
using Numbers = std::set<Number>;

class GarbageStage : public test::Stage {
 protected:
  /// A release of its own commit, with the deployment that made it.
  void deployed(Number release, Status status, const std::string& trigger = "push") {
    if (trigger == "push") {
      Release record = Release::begin(shop);
      record.commit = std::string(40, static_cast<char>('0' + release));
      record.save();
      EXPECT_EQ(record.number, release);
    }
    Deployment deployment = Deployment::begin(shop);
    deployment.status = status;
    deployment.trigger = trigger;
    deployment.release = release;
    deployment.save();
    if (status != Status::success) return;
    app.release = release;
    app.save();
  }
  /// Root's answers; a release in `held` is not forgotten.
  static void on_disk(const std::string& releases, const std::string& held = "none") {
    launch_does("case $1 in trees) for n in " + releases +
                "; do printf 'release\\0%s\\0' $n; done ;;\n"
                "forget) case ' " +
                held + " ' in *\" $3 \"*) echo 'in use' >&2; exit 75 ;; esac ;; esac");
  }
  static bool was_forgotten(Number release) {
    const auto words = calls();
    return std::count(words.begin(), words.end(), concat("launch forget shop ", release)) != 0;
  }
  App app{.name = shop};
};

TEST_F(GarbageStage, KeepsTheNewestThatServedTheOneThatServesAndTheOneBefore) {
  const ServingHistory history({{9, 2, "rollback"},
                                {8, 8, "push"},
                                {7, 7, "push"},
                                {3, 3, "push"},
                                {2, 2, "push"},
                                {1, 1, "push"}});
  EXPECT_EQ(releases_to_keep({1, 2, 3, 5, 6, 7, 8}, 2, history, {}, 2), (Numbers{2, 7, 8}));
  EXPECT_EQ(releases_to_keep({1, 2, 3, 5, 6, 7, 8}, 2, history, {1, 5}, 3),
            (Numbers{1, 2, 3, 5, 7, 8}));
  EXPECT_EQ(releases_to_keep({1, 2, 3, 7, 8}, 2, history, {}, 1), (Numbers{2, 8}));
}

TEST_F(GarbageStage, IsForgottenButForWhatRootSeesInUse) {
  for (Number n = 1; n <= 4; ++n) deployed(n, Status::success);
  deployed(5, Status::crashed_error);
  on_disk("1 2 3 4 5", "1");
  config.keep_releases = 2;
  forget_garbage(shop, lock(), config);
  EXPECT_TRUE(was_forgotten(1));  // tried, that is
  EXPECT_TRUE(was_forgotten(2));
  EXPECT_FALSE(was_forgotten(3));
  EXPECT_FALSE(was_forgotten(4));
  EXPECT_TRUE(was_forgotten(5));
}

TEST_F(GarbageStage, KeepsTheDeploymentsThatTellOfAReleaseOnDisk) {
  deployed(1, Status::success);
  deployed(2, Status::success);
  deployed(1, Status::success, "rollback");
  for (int i = 0; i < 6; ++i) deployed(1, Status::success, "env");
  on_disk("1 2");
  config.keep_deployments = 2;
  forget_garbage(shop, lock(), config);
  // The rollback, what it was from, and the newest.
  EXPECT_EQ(Deployment::numbers(shop), (std::vector<Number>{3, 4, 9, 10}));
  EXPECT_TRUE(Release::find(shop, 1));
  ASSERT_TRUE(Standing::of(app));
  EXPECT_EQ(Standing::of(app)->rolled_back_from, 2U);
  EXPECT_TRUE(Garbage::of(app, config).is_empty());
}

TEST_F(GarbageStage, KeepsADeploymentThatWaitsForItsTurn) {
  deployed(1, Status::success);
  deployed(1, Status::queued, "env");
  deployed(1, Status::building, "env");  // killed: nobody builds while we have the lock
  deployed(1, Status::success, "env");
  on_disk("1");
  config.keep_deployments = 1;
  forget_garbage(shop, lock(), config);
  // The first brought in the release that serves.
  EXPECT_EQ(Deployment::numbers(shop), (std::vector<Number>{2, 3, 5}));
}

TEST_F(GarbageStage, TheOrderOfServingIsNotThatOfTheNumbers) {
  deployed(1, Status::success);
  deployed(2, Status::success);
  deployed(1, Status::success, "rollback");  // number 4, which had to wait behind 5
  deployed(2, Status::success, "env");
  for (const Number number : {2U, 3U, 4U, 5U}) {
    auto record = *Deployment::load(shop, number);
    record.finished = Milliseconds(number == 4 ? 9000 : number * 1000);
    record.save();
  }
  const auto history = ServingHistory::of(shop);
  EXPECT_EQ(history.rolled_back_from(1), 2U);
  EXPECT_EQ(history.before(1), 2U);
}

TEST_F(GarbageStage, ForgetsRecordsOfReleasesThatNothingSpeaksOf) {
  for (Number n = 1; n <= 4; ++n) deployed(n, Status::success);
  on_disk("3 4");
  config.keep_deployments = 2;
  forget_garbage(shop, lock(), config);
  EXPECT_FALSE(Release::find(shop, 1));
  EXPECT_TRUE(Release::find(shop, 3));
  EXPECT_EQ(Release::begin(shop).number, 5U);
}

TEST_F(GarbageStage, IsCollectedByNobodyWhileSomebodyIsAtWork) {
  for (Number n = 1; n <= 9; ++n) deployed(n, Status::success);
  on_disk("1 2 3 4 5 6 7 8 9");
  {
    const AppLock held = lock();
    collect_garbage(shop, config);
    EXPECT_TRUE(calls().empty());
  }
  collect_garbage(shop, config);
  EXPECT_TRUE(was_forgotten(4));
  EXPECT_FALSE(was_forgotten(5));
  EXPECT_EQ(calls().back(), "launch sweep shop");
}

TEST_F(GarbageStage, ReleasesThatCannotServeAreNoWayBack) {
  const auto refusal = [&](Number release) {
    return message_of<PushError>([&] { require_rollback_target(app, release); });
  };
  EXPECT_NE(message_of<PushError>([&] { (void)rollback_target(app); }).find("nothing was"),
            std::string::npos);
  deployed(1, Status::success);
  EXPECT_NE(message_of<PushError>([&] { (void)rollback_target(app); }).find("before release 1"),
            std::string::npos);
  deployed(2, Status::success);
  deployed(3, Status::hook_error);
  deployed(4, Status::success);
  on_disk("2 3 4");
  EXPECT_EQ(rollback_target(app), 2U);
  EXPECT_EQ(refusal(2), "");
  EXPECT_NE(refusal(1).find("was removed"), std::string::npos);
  EXPECT_NE(refusal(3).find("has never served"), std::string::npos);
  EXPECT_NE(refusal(4).find("serves already"), std::string::npos);
  EXPECT_NE(refusal(9).find("has no release 9"), std::string::npos);
}

}  // namespace
}  // namespace hythe
