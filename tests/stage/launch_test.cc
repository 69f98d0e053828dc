// SPDX-License-Identifier: Apache-2.0
#include "pipeline/launch.h"

#include <algorithm>
#include <filesystem>

#include "model/container/lanes.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using test::message_of;

/// hythe-launch start: a monitor that holds its container's place until its lease is lost.
constexpr const char* kMonitor = R"(
cat >/run/hythe/spec
case $1 in
  start) place=/run/hythe/containers/$2.$4.$5
    mkdir -p "$place"
    printf 'address\00010.214.1.1\0started\0004711\0'
    python3 -c 'import select
p = select.poll(); p.register(1, 0); p.poll(20000)'
    [ -e "/run/hythe/lanes/$2/$4" ] || rmdir "$place" ;;
  stop) rm -rf /run/hythe/containers/"$2.$3".* ;;
esac
)";

class LaunchStage : public test::Stage {
 protected:
  LaunchStage() { launch_does(kMonitor); }
  Launched run() { return launch(release, app, config, progress); }

  App app{.name = shop, .formation = {{"web", 2}, {"worker", 1}}};
  Release release{.app = shop,
                  .number = 3,
                  .commit = "c0ffee",
                  .types = {{"worker", "./work"}, {"web", "./serve"}}};
};

TEST_F(LaunchStage, StartsTheFormationInTheLaneAfterTheLiveOne) {
  make_live(Lane::b);
  const Launched launched = run();
  EXPECT_EQ(launched.lane.lane(), Lane::c);
  EXPECT_EQ(progress.record.lane, Lane::c);
  ASSERT_EQ(launched.containers.size(), 3U);
  EXPECT_EQ(launched.containers[0].pid, 4711);
  EXPECT_EQ(launched.containers[0].address, "10.214.1.1");
  EXPECT_EQ(launched.count("web"), 2U);
  EXPECT_EQ(launched.count("we"), 0U);
  auto words = calls();
  std::sort(words.begin(), words.end());
  EXPECT_EQ(words, (std::vector<std::string>{"launch start shop 3 c 0 web.1",
                                             "launch start shop 3 c 1 web.2",
                                             "launch start shop 3 c 2 worker.1"}));
}

TEST_F(LaunchStage, EndsWhatItStartedUnlessItsLaneIsLiveByThen) {
  { const Launched given_up = run(); }
  EXPECT_FALSE(has_containers(shop, Lane::a));
  {
    const Launched kept = run();
    make_live(Lane::a);
  }
  EXPECT_TRUE(has_containers(shop, Lane::a));
}

TEST_F(LaunchStage, PassesOverALaneThatStillDrains) {
  make_live(Lane::a);
  make_container(Lane::b);
  app.formation = {{"web", 0}};
  const Launched launched = run();
  EXPECT_EQ(launched.lane.lane(), Lane::c);
  EXPECT_EQ(calls(), std::vector<std::string>{});
}

TEST_F(LaunchStage, TakesALaneWhenNoneServesYet) {
  for (const Lane lane : {Lane::a, Lane::b, Lane::c}) make_container(lane);
  app.formation = {{"web", 0}};
  EXPECT_EQ(run().lane.lane(), Lane::d);
}

TEST_F(LaunchStage, EndsTheOldestDrainWhenNoLaneIsFree) {
  make_live(Lane::a);
  for (const Lane lane : kLiveLanes) make_container(lane);
  // What was started in the lanes, one deployment after the other: c is not the next one.
  for (const Lane lane : {Lane::b, Lane::c, Lane::d, Lane::b, Lane::a}) {
    Deployment earlier = Deployment::begin(shop);
    earlier.lane = lane;
    earlier.save();
  }
  app.formation = {{"web", 0}};
  const Launched launched = run();
  EXPECT_EQ(launched.lane.lane(), Lane::c);
  EXPECT_EQ(calls(), std::vector<std::string>{"launch stop shop c"});
}

TEST_F(LaunchStage, SaysThatItEndsADrainAndGivesItTime) {
  make_live(Lane::a);
  for (const Lane lane : kLiveLanes) make_container(lane);
  test::spill("/run/hythe/containers/shop.b.0/state",
              "release 7\nlane b\nname web.1\nstatus running\n");
  launch_does("case $1 in retire) rm -r /run/hythe/containers/shop.$3.* ;; esac");
  app.formation = {{"web", 0}};
  config.settings.drain = std::chrono::minutes(10);
  EXPECT_EQ(run().lane.lane(), Lane::b);
  EXPECT_EQ(calls(), std::vector<std::string>{"launch retire shop b 0"});
  EXPECT_NE(told().find("ended the drain of release 7 early: this deployment needs its place "
                        "(drain is 10m)"),
            std::string::npos);
}

TEST_F(LaunchStage, SaysWhyAContainerCouldNotBeStarted) {
  launch_does("cat >/dev/null; echo 'no room' >&2; exit 71");
  EXPECT_NE(message_of<DeploymentFailure>([&] { (void)run(); }).find("no room"),
            std::string::npos);
}

TEST_F(LaunchStage, ShowsTheLastWordsOfAContainerThatDiedAtOnce) {
  std::filesystem::create_directories("/var/log/hythe/shop");
  test::spill("/var/log/hythe/shop/web.1-a.log", "2099-01-01T00:00:00.000Z the last words\n");
  launch_does(R"(cat >/dev/null; printf 'started\0004711\0exit\0007\0')");
  app.formation = {{"web", 1}};
  Launched launched = run();
  EXPECT_NE(message_of<DeploymentFailure>([&] {
              require_running(launched, shop, progress);
            }).find("web.1 exited with code 7"),
            std::string::npos);
  EXPECT_NE(told().find("the last words"), std::string::npos);
}

}  // namespace
}  // namespace hythe
