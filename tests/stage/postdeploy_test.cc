// SPDX-License-Identifier: Apache-2.0
#include "pipeline/postdeploy.h"

#include "lib/process/cancelled.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using test::message_of;
using test::status_of;

class PostdeployStage : public test::Stage {
 protected:
  void run() { postdeploy(release, App{.name = shop}, config, progress); }

  Release release{
      .app = shop, .number = 3, .commit = "c0ffee", .types = {{"postdeploy", "./migrate"}}};
};

TEST_F(PostdeployStage, StreamsBothOutputsOfACommandThatSucceeds) {
  launch_does("cat >/run/hythe/spec; echo migrating; echo slowly >&2");
  EXPECT_NO_THROW(run());
  EXPECT_EQ(calls(), std::vector<std::string>{"launch run shop 3 postdeploy.1"});
  EXPECT_NE(test::slurp("/run/hythe/spec").find("./migrate"), std::string::npos);
  EXPECT_NE(told().find("migrating"), std::string::npos);
  EXPECT_NE(told().find("slowly"), std::string::npos);
}

TEST_F(PostdeployStage, IsNoneWithoutACommand) {
  release.types = {{"web", "./serve"}};
  EXPECT_NO_THROW(run());
  EXPECT_TRUE(calls().empty());
}

TEST_F(PostdeployStage, FailsAsTheCommandDid) {
  const std::pair<const char*, const char*> kEnds[] = {
      {"exit 3", "postdeploy exited with code 3"},
      {"exit 125", "could not be run"},
      {"kill -9 $$", "postdeploy was killed by SIGKILL"}};
  for (const auto& [end, reason] : kEnds) {
    launch_does(concat("cat >/dev/null; ", end));
    EXPECT_NE(message_of<DeploymentFailure>([&] { run(); }).find(reason), std::string::npos)
        << end;
    EXPECT_EQ(status_of([&] { run(); }), Status::hook_error) << end;
  }
}

// It waits as root does, until nobody reads it any more.
constexpr const char* kForever = R"(cat >/dev/null; python3 -c 'import select
p = select.poll(); p.register(1, 0); p.poll(20000)'; echo gone >/run/hythe/lease)";

TEST_F(PostdeployStage, IsEndedWhenItsTimeIsUp) {
  config.limits.postdeploy_timeout = std::chrono::milliseconds(100);
  launch_does(kForever);
  EXPECT_NE(message_of<DeploymentFailure>([&] { run(); }).find("did not end within"),
            std::string::npos);
  EXPECT_EQ(test::slurp("/run/hythe/lease"), "gone\n");
}

TEST_F(PostdeployStage, IsEndedWhenItIsCancelled) {
  launch_does(kForever);
  Pipe client = Pipe::make();
  progress.cancellation.watch_hang_up(client.read.get());
  client.write.reset();
  EXPECT_THROW(run(), Cancelled);
  EXPECT_EQ(test::slurp("/run/hythe/lease"), "gone\n");
}

}  // namespace
}  // namespace hythe
