// SPDX-License-Identifier: Apache-2.0
#include "pipeline/release.h"

#include "model/helper.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using test::status_of;

class ReleaseStage : public test::Stage {
 protected:
  ReleaseStage() : held(lock()) { progress.hold(&held); }
  static Build built(std::string procfile) {
    return {.deployment = 4,
            .buildpacks = {{.name = "procfile", .report = "not for a release"}},
            .stack = "host",
            .size = 17,
            .procfile = std::move(procfile),
            .release_output = {"config_vars:\n  MODE: production\n"}};
  }
  AppLock held;
  App app{.name = shop};
};

TEST_F(ReleaseStage, IsRecordedBeforeItsTreeIsMoved) {
  // A kill in between leaves a record without a tree, never a tree that nobody knows.
  launch_does("cp /var/lib/hythe/apps/shop/releases/1.yml /run/hythe/record");
  const Release made = release(built("web: ./run\n"), order, app, config, progress);
  EXPECT_EQ(calls(), std::vector<std::string>{"launch release shop 4 1"});
  EXPECT_NE(test::slurp("/run/hythe/record").find("./run"), std::string::npos);
  EXPECT_EQ(progress.record.release, 1U);
  const Release loaded = Release::load(shop, 1);
  ASSERT_NE(loaded.command("web"), nullptr);
  EXPECT_EQ(*loaded.command("web"), "./run");
  EXPECT_EQ(loaded.variables.at("MODE"), "production");
  EXPECT_EQ(loaded.size, 17U);
  EXPECT_EQ(loaded.stack, "host");
  EXPECT_EQ(describe(loaded.buildpacks), "procfile");
  EXPECT_EQ(loaded.buildpacks[0].report, "");
  EXPECT_EQ(made.number, 1U);
}

TEST_F(ReleaseStage, TakesTheLastBuildpacksWordAndTheNearestTypes) {
  Build several = built("");
  several.procfile.reset();
  several.buildpacks = {{.name = "one"}, {.name = "two"}, {.name = "three"}};
  several.release_output = {"default_process_types:\n  web: one\n",
                            "default_process_types:\n  web: two\nconfig_vars:\n  A: two\n",
                            "config_vars:\n  A: three\n"};
  launch_does(":");
  const Release made = release(several, order, app, config, progress);
  EXPECT_EQ(*made.command("web"), "two");
  EXPECT_EQ(made.variables.at("A"), "three");
  EXPECT_NE(told().find("Default process types from two"), std::string::npos) << told();
}

TEST_F(ReleaseStage, IsWithdrawnWhenRootRefusesAndItsNumberStaysTaken) {
  launch_does("echo 'no room' >&2; exit 73");
  const auto act = [&] { (void)release(built("web: ./run\n"), order, app, config, progress); };
  EXPECT_EQ(test::message_of<PushError>(act), "no room");
  EXPECT_THROW((void)Release::load(shop, 1), PushError);
  EXPECT_EQ(progress.record.release, 0U);
  launch_does(":");
  EXPECT_EQ(release(built("web: ./run\n"), order, app, config, progress).number, 2U);
}

TEST_F(ReleaseStage, AsksOnceMoreWhenTheHelperWasKilled) {
  launch_does("[ -e /run/hythe/again ] || { : >/run/hythe/again; kill -9 $$; }");
  EXPECT_EQ(release(built("web: ./run\n"), order, app, config, progress).number, 1U);
  EXPECT_EQ(calls().size(), 2U);
  EXPECT_NO_THROW((void)Release::load(shop, 1));
  launch_does("kill -9 $$");
  EXPECT_THROW((void)release(built("web: ./run\n"), order, app, config, progress),
               HelperKilled);
  EXPECT_EQ(calls().size(), 4U);
}

TEST_F(ReleaseStage, HoldsTheAppsLockUntilRootIsDone) {
  launch_does(
      "flock -n /var/lib/hythe/apps/shop/lock true || echo locked >/run/hythe/seen\n"
      "readlink /proc/$$/fd/0 >>/run/hythe/seen");
  (void)release(built("web: ./run\n"), order, app, config, progress);
  EXPECT_EQ(test::slurp("/run/hythe/seen"), "locked\n/var/lib/hythe/apps/shop/lock\n");
}

TEST_F(ReleaseStage, NeedsToKnowHowToRunTheApp) {
  EXPECT_EQ(status_of([&] { (void)release(built(""), order, app, config, progress); }),
            Status::build_error);
  EXPECT_TRUE(calls().empty());
}

}  // namespace
}  // namespace hythe
