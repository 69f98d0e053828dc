// SPDX-License-Identifier: Apache-2.0
#include "pipeline/watch.h"

#include <filesystem>

#include "core/paths.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using test::message_of;

/// Lane b serves since just now, lane a did before. The only container is a shell, which as
/// soon as somebody watches does something.
class WatchStage : public test::Stage {
 protected:
  WatchStage() {
    progress.hold(&held);
    config.settings.watch = std::chrono::minutes(10);
    config.settings.watch_errors = 20;
    std::filesystem::create_directories(
        std::filesystem::path(paths::kResponseLog).parent_path());
    test::spill(paths::kResponseLog, "");
  }
  static std::string responses(char lane, unsigned status, int count) {
    std::string lines;
    for (int i = 0; i < count; ++i)
      lines += concat(unix_time().count() / 1000, ".000 shop-", lane, ' ', status, '\n');
    return lines;
  }
  /// What makes the watch end, when these are the responses of the new lane.
  std::string failure(const std::string& answered, const std::string& in_the_end = "") {
    test::spill("/run/hythe/answered", answered);
    Launched launched{.lane = {shop, Lane::b}};
    launched.containers.push_back(
        {.place = {.name = "web.1", .type = "web", .command = "", .receives_traffic = true},
         .helper = Helper::start(
             "/bin/sh",
             {"-c",
              concat("until grep -q 'Watching for' ", progress.record.log_path(),
                     "; do sleep 0.01; done; cat /run/hythe/answered >>", paths::kResponseLog,
                     "; ", in_the_end.empty() ? "exec cat" : in_the_end)}),
         .has_answered = true});
    set_nonblocking(launched.containers.back().helper.answers());
    return message_of<DeploymentFailure>(
        [&] { watch(launched, pending, config.settings, progress); });
  }

  AppLock held = lock();
  Pending pending{.wanted = {.name = shop, .release = 2},
                  .lane = Lane::b,
                  .previous = Lane::a,
                  .is_watched = true};
};

TEST_F(WatchStage, IsOverWhenTooManyResponsesAreErrors) {
  test::spill(paths::kResponseLog, responses('a', 200, 30));
  EXPECT_NE(
      failure(responses('b', 500, 10) + responses('b', 200, 20))
          .find("10 of 30 responses were 5xx, more than 20%, and 0 of 30 in as long before"),
      std::string::npos);
  EXPECT_TRUE(pending.is_watched);
}

TEST_F(WatchStage, IsOverWhenFewCameAndAllOfThemAreErrors) {
  test::spill(paths::kResponseLog, responses('a', 200, 2) + responses('a', 502, 1));
  EXPECT_NE(failure(responses('c', 200, 3) + responses('b', 503, 5))
                .find("5 of 5 responses were 5xx, and 1 of 3 in as long before: traffic went"),
            std::string::npos);
}

TEST_F(WatchStage, IsOverWhenAContainerEnds) {
  EXPECT_NE(failure("", R"(printf 'exit\0003\0')")
                .find("web.1 exited with code 3 after its start, while it was watched"),
            std::string::npos);
}

TEST_F(WatchStage, SaysAtItsEndThatNothingIsLeftToWaitFor) {
  config.settings.watch = std::chrono::milliseconds(300);
  EXPECT_EQ(failure(""), "");
  EXPECT_NE(told().find("nothing ended, 0 of 0 responses were 5xx"), std::string::npos);
  EXPECT_FALSE(Pending::load(shop)->is_watched);
}

}  // namespace
}  // namespace hythe
