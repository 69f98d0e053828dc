// SPDX-License-Identifier: Apache-2.0
#include "pipeline/build.h"

#include "lib/os_release.h"
#include "lib/process/cancelled.h"
#include "pipeline/unpack.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using test::message_of;
using test::status_of;

/// hythe-launch build: takes the spec off its stdin, as root does, and leaves the tar there.
constexpr const char* kTakeSpec =
    "length=$(dd bs=1 count=9 2>/dev/null); "
    "dd bs=1 count=$(expr \"$length\" + 0) of=/run/hythe/spec 2>/dev/null\n";

class BuildStage : public test::Stage {
 protected:
  SourceTree source(const std::string& bytes = "content") {
    order.commit = repository.commit_files(
        {{"Procfile", {"100644", "web: ./run"}}, {"bin/run", {"100755", bytes}}});
    return unpack(GitRepository::open(repository.path()), order.commit,
                  {.bytes = 1U << 30U, .files = 100, .path_length = 100});
  }
  Build run(const SourceTree& tree) {
    return build(tree, order, App{.name = shop}, config, progress);
  }
  void does(const std::string& script) { launch_does(kTakeSpec + script); }
};

TEST_F(BuildStage, SendsTheWholeSourceBehindTheSpecAndTakesTheReport) {
  does(R"(mkdir /run/hythe/tree; tar -x -C /run/hythe/tree
echo 'compiling' >&2
printf 'stack\0tiny@20261125\0buildpack\0apt\0release\0none\0'
printf 'buildpack\0own\0url\0https://example.org/own\0version\0abc\0language\0Own\0report\0tool: 7\0'
printf 'procfile\0web: ./run\0size\0004711\0exit\0000\0')");
  const Build built = run(source());
  EXPECT_EQ(describe(built.buildpacks), "apt, https://example.org/own (abc)");
  EXPECT_EQ(built.buildpacks[1].language, "Own");
  EXPECT_EQ(built.release_output, (std::vector<std::string>{"none", ""}));
  EXPECT_EQ(progress.record.buildpacks[1].report, "tool: 7");
  EXPECT_EQ(built.stack, "tiny@20261125");
  EXPECT_EQ(built.size, 4711U);
  EXPECT_EQ(built.procfile, "web: ./run");
  EXPECT_EQ(built.deployment, progress.record.number);
  EXPECT_EQ(calls(), std::vector<std::string>{"launch build shop 1 host"});
  EXPECT_EQ(test::slurp("/run/hythe/tree/bin/run"), "content");
  EXPECT_NE(test::slurp("/run/hythe/spec").find(order.commit.text()), std::string::npos);
  EXPECT_NE(told().find("compiling"), std::string::npos);
}

TEST_F(BuildStage, FailsAsTheReportSays) {
  const std::pair<const char*, const char*> kFailures[] = {
      {R"(printf 'failed\0detect\0exit\0001\0')", "no buildpack can be chosen"},
      {R"(printf 'failed\0compile\0exit\0001\0')", "failed in 'compile'"},
      {R"(printf 'oom\0001\0signal\0009\0')", "ran out of memory (limit"},
      {R"(printf 'oom\0000\0signal\0009\0')", "was killed when the host ran out of memory"},
      {R"(printf 'pids\0001\0failed\0compile\0exit\0001\0')", "more than 2048 processes"},
      {R"(printf 'disk\0001\0signal\0009\0')", "disk of the host is nearly full"},
      {R"(printf 'failed\0fetch\0exit\0001\0')", "a buildpack cannot be used"},
      {R"(printf 'failed\0submodules\0exit\0001\0')", "submodules cannot be fetched"},
      {R"(printf 'timeout\0001\0signal\0009\0')", "took longer than 30m"},
      {R"(printf 'signal\00011\0')", "was killed by SIGSEGV"},
      {R"(echo 'no room' >&2; exit 1)", "could not be run"},
      {R"(kill -9 $$)", "could not be run"},
  };
  for (const auto& [script, reason] : kFailures) {
    does(concat("cat >/dev/null; ", script));
    const SourceTree tree = source();
    const auto message = message_of<DeploymentFailure>([&] { (void)run(tree); });
    EXPECT_NE(message.find(reason), std::string::npos) << script << ": " << message;
    EXPECT_EQ(status_of([&] { (void)run(tree); }), Status::build_error) << script;
  }
}

TEST_F(BuildStage, IsNoFailureOfTheSendersWhenTheBuildDoesNotReadAll) {
  does(R"(printf 'failed\0compile\0exit\0001\0')");
  const SourceTree tree = source(std::string(4U << 20U, 'x'));  // more than a pipe holds
  const auto message = message_of<DeploymentFailure>([&] { (void)run(tree); });
  EXPECT_NE(message.find("failed in 'compile'"), std::string::npos) << message;
}

TEST_F(BuildStage, RefusesAnAppThatIsTooLarge) {
  config.limits.image_size = 4710;
  does(R"(cat >/dev/null; printf 'size\0004711\0exit\0000\0')");
  EXPECT_EQ(status_of([&] { (void)run(source()); }), Status::build_error);
}

TEST_F(BuildStage, NamesTheStackAndWhatTheHostIs) {
  does(R"(cat >/dev/null; printf 'stack\0host\0exit\0000\0')");
  (void)run(source());
  EXPECT_NE(told().find(concat("-----> Stack: host (", system_of_host(), ")\n")),
            std::string::npos)
      << told();
  does(R"(cat >/dev/null; printf 'stack\0tiny@20261125\0exit\0000\0')");
  (void)run(source());
  EXPECT_NE(told().find("-----> Stack: tiny@20261125\n"), std::string::npos) << told();
}

TEST_F(BuildStage, NamesTheStackBeforeAnythingElse) {
  does(R"(echo first >&2; cat >/dev/null; printf 'stack\0tiny@20261125\0'; echo second >&2
printf 'exit\0000\0')");
  (void)run(source());
  EXPECT_NE(told().find("-----> Stack: tiny@20261125\nfirst\nsecond\n"), std::string::npos)
      << told();
}

TEST_F(BuildStage, WarnsOfACacheOfMoreThanAGibibyte) {
  does(R"(cat >/dev/null; printf 'cache\0001073741824\0exit\0000\0')");
  (void)run(source());
  EXPECT_EQ(told().find("warning"), std::string::npos) << told();
  does(R"(cat >/dev/null; printf 'cache\0001610612736\0exit\0000\0')");
  (void)run(source());
  EXPECT_NE(told().find("warning: the build cache is 1.5 GiB; builds work without it: hythe "
                        "cache clear shop\n"),
            std::string::npos)
      << told();
}

TEST_F(BuildStage, CancelledWhileTheSourceIsOnItsWayEndsTheLease) {
  // It reads nothing, and waits as root does until nobody reads its answers.
  does(R"(python3 -c 'import select
p = select.poll(); p.register(1, 0); p.poll(20000)'; echo gone >/run/hythe/lease)");
  const SourceTree tree = source(std::string(4U << 20U, 'x'));
  Pipe client = Pipe::make();
  progress.cancellation.watch_hang_up(client.read.get());
  client.write.reset();
  EXPECT_THROW((void)run(tree), Cancelled);
  EXPECT_EQ(test::slurp("/run/hythe/lease"), "gone\n");
}

TEST_F(BuildStage, ForgetsABuildByItsDeployment) {
  discard_build(shop, 7);
  EXPECT_EQ(calls(), std::vector<std::string>{"launch discard shop 7"});
}

}  // namespace
}  // namespace hythe
