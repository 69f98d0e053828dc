// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pending.h"

#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "core/paths.h"
#include "lib/process/beacon.h"
#include "model/container/lanes.h"
#include "model/deployment.h"
#include "model/helper.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using Words = std::vector<std::string>;

/// Traffic has moved from lane a to b, for a push from `before` to `pushed`; deployment 1 was
/// killed there.
class PendingStage : public test::Stage {
 protected:
  PendingStage()
      : before(repository.commit_files({{"file", {"100644", "1"}}})),
        pushed(repository.commit_files({{"file", {"100644", "2"}}}, {before})) {
    repository.set_ref("refs/heads/main", before);
    App{.name = shop, .release = 1}.save();
    make_live(Lane::b);
    for (const Lane lane : {Lane::a, Lane::b}) make_container(lane);
    progress.record.commit = pushed.text();
    progress.record.release = 2;
    progress.record.lane = Lane::b;
    progress.enter(Status::starting, "route");
    pending.save();
  }
  void git_moves_the_branch() { repository.set_ref("refs/heads/main", pushed); }
  [[nodiscard]] std::string file(const char* name) const {
    return concat(App::directory(shop), '/', name);
  }
  void expect_kept() {
    EXPECT_EQ(App::load(shop).release, 2U);
    EXPECT_EQ(live_lane(shop), Lane::b);
    EXPECT_FALSE(Pending::load(shop));
    EXPECT_EQ(Deployment::load(shop, 1)->status, Status::success);
  }
  void expect_undone() {
    EXPECT_EQ(App::load(shop).release, 1U);
    EXPECT_EQ(live_lane(shop), Lane::a);
    EXPECT_FALSE(Pending::load(shop));
    EXPECT_EQ(Deployment::load(shop, 1)->status, Status::aborted);
  }

  Pipe hold = Pipe::make();
  Oid before;
  Oid pushed;
  Pending pending{.wanted = {.name = shop, .release = 2, .deployment = 1},
                  .lane = Lane::b,
                  .previous = Lane::a,
                  .ref = "refs/heads/main",
                  .commit_id = pushed.text()};
};

TEST_F(PendingStage, BecomesTrueWhenGitMovedTheBranch) {
  git_moves_the_branch();
  settle(shop, lock(), config);
  expect_kept();
  EXPECT_EQ(calls(), Words({"route balance shop", "launch retire shop a 250"}));
}

TEST_F(PendingStage, BecomesUntrueWhenGitDidNot) {
  settle(shop, lock(), config);
  expect_undone();
  EXPECT_EQ(calls(), (Words{"route switch shop a", "launch retire shop b 250"}));
}

TEST_F(PendingStage, WaitsForReceivePackWhichMayStillMoveTheBranch) {
  // A process like git: it moves the branch a moment later, and ends.
  Child git = Child::start({.argv = {"/bin/sh", "-c",
                                     concat("read _; git --git-dir=", repository.path(),
                                            " update-ref refs/heads/main ", pushed.text())},
                            .stdin_fd = hold.read.get()});
  const auto children = test::slurp(concat("/proc/self/task/", ::getpid(), "/children"));
  pending.receive_pack = ProcessIdentity::of(
      std::stoi(children.substr(children.rfind(' ', children.size() - 2) + 1)));
  ASSERT_TRUE(pending.receive_pack);
  pending.save();
  std::jthread settler([this] { settle(shop, lock(), config); });
  // The settler has the lock by the time that somebody else is told to wait.
  while (!AppLock::holder(shop)) std::this_thread::yield();
  EXPECT_TRUE(Pending::load(shop));
  hold.write.reset();
  settler.join();
  EXPECT_TRUE(git.wait().is_success());
  expect_kept();
}

TEST_F(PendingStage, OfOtherOrdersIsDecidedByTheLane) {
  pending.ref.clear();
  pending.save();
  settle(shop, lock(), config);
  expect_kept();
  make_live(Lane::a);
  App{.name = shop, .release = 1}.save();
  pending.save();
  settle(shop, lock(), config);
  EXPECT_EQ(App::load(shop).release, 1U);
  EXPECT_EQ(live_lane(shop), Lane::a);
}

TEST_F(PendingStage, IsUndoneWhileItIsWatchedWhateverTheOrder) {
  pending.ref.clear();
  pending.is_watched = true;
  pending.save();
  settle(shop, lock(), config);
  expect_undone();
}

TEST_F(PendingStage, IsSettledAtBootUnlessSomebodyIsAtIt) {
  Beacon beacon = Beacon::light(progress.record.beacon_path());
  sweep_after_boot(shop, config);
  EXPECT_EQ(Deployment::load(shop, 1)->status, Status::starting);
  beacon.put_out();
  sweep_after_boot(shop, config);
  expect_undone();
}

TEST_F(PendingStage, ClosesTheRouteOfAFirstDeploymentThatIsUndone) {
  pending.previous.reset();
  pending.save();
  settle(shop, lock(), config);
  EXPECT_EQ(live_lane(shop), std::nullopt);
  EXPECT_EQ(calls().front(), "route off shop");
}

TEST_F(PendingStage, IsStillThereWhenTrafficCannotBeMovedBack) {
  route_does("exit 69");
  EXPECT_THROW(settle(shop, lock(), config), PushError);
  EXPECT_TRUE(Pending::load(shop));
  route_does("rm -f /run/hythe/lanes/shop/*; : >/run/hythe/lanes/shop/$3");
  settle(shop, lock(), config);
  expect_undone();
}

TEST_F(PendingStage, IsNoneWhenItWasKilledBeforeTheRename) {
  std::filesystem::rename(file("pending.yml"), file("pending.yml.AbCdEf"));
  test::spill(file("app.yml.GhIjKl"), "version: 1\nrel");
  test::spill(file("pending.yml.not-ours"), "");
  settle(shop, lock(), config);
  EXPECT_EQ(App::load(shop).release, 1U);
  EXPECT_FALSE(std::filesystem::exists(file("pending.yml.AbCdEf")));
  EXPECT_FALSE(std::filesystem::exists(file("app.yml.GhIjKl")));
  EXPECT_TRUE(std::filesystem::exists(file("pending.yml.not-ours")));
  EXPECT_TRUE(calls().empty());
}

TEST_F(PendingStage, TakesGitsLocksAwayThatAKilledReceivePackLeft) {
  for (const char* name : {"/refs/heads/main.lock", "/HEAD.lock"})
    test::spill(repository.path() + name, "");
  settle(shop, lock(), config);
  git_moves_the_branch();  // which git would refuse with a lock there
  EXPECT_EQ(repository.git({"rev-parse", "main"}), pushed.text());
}

TEST_F(PendingStage, SweepClearsTheLaneOfADeploymentThatWasKilledBeforeItsIntent) {
  std::filesystem::remove(file("pending.yml"));
  make_live(Lane::a);
  sweep_after(shop, 1, config);
  EXPECT_EQ(calls(), Words{"launch stop shop b"});
  EXPECT_EQ(Deployment::load(shop, 1)->status, Status::aborted);
}

TEST_F(PendingStage, SweepLeavesTheLaneToALaterDeploymentThatDrainsThere) {
  std::filesystem::remove(file("pending.yml"));
  make_live(Lane::a);
  Deployment later = Deployment::begin(shop);
  later.lane = Lane::b;
  later.save();
  sweep_after(shop, 1, config);
  EXPECT_TRUE(calls().empty());
  EXPECT_EQ(Deployment::load(shop, 1)->status, Status::aborted);
}

TEST_F(PendingStage, SweepRetiresWhatADeploymentKilledAtItsEndHadLeft) {
  pending.commit();
  sweep_after(shop, 1, config);
  expect_kept();
  EXPECT_EQ(calls(), Words{"launch retire shop a 250"});
}

TEST_F(PendingStage, SweepDiscardsABuildOnlyWhenItBecameNoRelease) {
  std::filesystem::remove(file("pending.yml"));
  progress.finish(Status::build_error);
  sweep_after(shop, 1, config);
  EXPECT_TRUE(calls().empty());
  progress.record.release = 0;
  progress.record.save();
  sweep_after(shop, 1, config);
  EXPECT_EQ(calls(), Words{"launch discard shop 1"});
}

TEST_F(PendingStage, SweepWaitsForAHelperThatStillMovesTraffic) {
  // The deployment is gone, and hythe-route has the lock as its stdin: it is settled behind it.
  std::filesystem::remove(file("pending.yml"));
  make_live(Lane::a);
  auto held = std::make_unique<AppLock>(lock());
  route_does(
      "if [ $3 = b ]; then read _ </run/hythe/go; fi; rm -f /run/hythe/lanes/shop/*; "
      ": >/run/hythe/lanes/shop/$3");
  ASSERT_EQ(::mkfifo("/run/hythe/go", 0600), 0);
  pending.save();
  Helper route =
      Helper::start_holding(held->fd(), paths::kRouteHelper, {"switch", "shop", "b"});
  held.reset();
  EXPECT_TRUE(AppLock::holder(shop));
  std::jthread settler([this] { sweep_after(shop, 1, config); });
  test::spill("/run/hythe/go", "\n");
  settler.join();
  (void)route.child().wait();
  route.leave();
  expect_undone();
}

}  // namespace
}  // namespace hythe
