// SPDX-License-Identifier: Apache-2.0
#include "pipeline/handover.h"

#include <filesystem>

#include "core/paths.h"
#include "model/container/lanes.h"
#include "pipeline/pending.h"
#include "pipeline/probe.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using test::status_of;
using Words = std::vector<std::string>;

/// Monitors that hold their container's place until their lease is lost and their lane is not
/// live; whoever is told to halt leaves.
constexpr const char* kMonitor = R"(
case $1 in
  start) cat >/run/hythe/spec
    place=/run/hythe/containers/$2.$4.$5
    mkdir -p "$place"
    printf 'started\0004711\0'
    case $3 in 9) printf 'exit\0007\0' ;; esac
    python3 -c 'import select
p = select.poll(); p.register(1, 0); p.poll(20000)'
    [ -e "/run/hythe/lanes/$2/$4" ] || rmdir "$place" ;;
  stop) rm -rf /run/hythe/containers/"$2.$3".* ;;
  halt) rm -rf "/run/hythe/containers/$2.$3.1" ;;
esac
)";

/// Lane a serves release 1, with a web process and a worker that must not run twice.
class HandoverStage : public test::Stage {
 protected:
  HandoverStage() {
    launch_does(kMonitor);
    app.save();
    release.save();
    make_live(Lane::a);
    for (const char* position : {"0", "1"})
      std::filesystem::create_directories(concat(paths::kContainers, "/shop.a.", position));
  }
  [[nodiscard]] static bool runs(Lane lane, unsigned position) {
    return has_container(*AppName::parse("shop"), lane, {position});
  }

  App app{.name = shop,
          .formation = {{"web", 1}, {"worker", 1}},
          .stop_first = {"worker"},
          .release = 1};
  Release release{.app = shop,
                  .number = 1,
                  .commit = "c0ffee",
                  .types = {{"web", "./serve"}, {"worker", "./work"}}};
  AppLock held = lock();
};

TEST_F(HandoverStage, EndsTheOldOnesBeforeTheNewOnesStart) {
  Handover handover(shop, held, config, progress);
  Launched launched = launch(release, app, config, progress);
  EXPECT_EQ(calls(), Words{"launch start shop 1 b 0 web.1"});
  ASSERT_EQ(launched.stop_first.size(), 1U);
  EXPECT_EQ(launched.stop_first[0].position.value, 1U) << "its place is kept";
  handover.perform(launched, release, app);
  EXPECT_EQ(calls(), (Words{"launch start shop 1 b 0 web.1", "launch halt shop a worker",
                            "launch start shop 1 b 1 worker.1"}));
  EXPECT_FALSE(runs(Lane::a, 1));
  EXPECT_TRUE(runs(Lane::b, 1));
  make_live(Lane::b);
  handover.keep();
}

TEST_F(HandoverStage, BringsTheOldOnesBackWhenTheNewOnesEnd) {
  Release broken = release;
  broken.number = 9;
  {
    Handover handover(shop, held, config, progress);
    Launched launched = launch(release, app, config, progress);
    launched.containers[0].is_up = true;
    handover.perform(launched, broken, app);
    EXPECT_EQ(status_of([&] { probe(launched, app, config, progress); }),
              Status::crashed_error);
  }
  EXPECT_EQ(calls().back(), "launch start shop 1 a 1 worker.1");
  EXPECT_TRUE(runs(Lane::a, 1));
  EXPECT_FALSE(has_containers(shop, Lane::b));
}

TEST_F(HandoverStage, IsUndoneWhenTheDeploymentFailsLater) {
  {
    Handover handover(shop, held, config, progress);
    Launched launched = launch(release, app, config, progress);
    handover.perform(launched, release, app);
  }
  EXPECT_TRUE(runs(Lane::a, 1));
  EXPECT_FALSE(has_containers(shop, Lane::b));
}

TEST_F(HandoverStage, IsUndoneByTheSettlerWhenTheDeploymentWasKilled) {
  std::filesystem::remove(concat(paths::kContainers, "/shop.a.1"));
  std::filesystem::create_directories(concat(paths::kContainers, "/shop.b.1"));
  settle(shop, held, config);
  EXPECT_EQ(calls(), (Words{"launch halt shop b worker", "launch start shop 1 a 1 worker.1"}));
  EXPECT_TRUE(runs(Lane::a, 1));
}

TEST_F(HandoverStage, IsNoReasonToRefuseTheNextDeploymentWhenOneCannotBeStarted) {
  std::filesystem::remove(concat(paths::kContainers, "/shop.a.1"));
  launch_does("cat >/dev/null; echo 'no room' >&2; exit 71");
  EXPECT_NO_THROW(settle(shop, held, config));
  EXPECT_EQ(calls(), Words{"launch start shop 1 a 1 worker.1"});
}

TEST_F(HandoverStage, LeavesWhoReceivesTrafficAndWhoIsThereAlone) {
  std::filesystem::remove(concat(paths::kContainers, "/shop.a.0"));
  bring_back(shop, held, config);
  EXPECT_TRUE(calls().empty());
  app.is_stopped = true;
  app.save();
  std::filesystem::remove(concat(paths::kContainers, "/shop.a.1"));
  bring_back(shop, held, config);
  EXPECT_TRUE(calls().empty());
}

}  // namespace
}  // namespace hythe
