// SPDX-License-Identifier: Apache-2.0
#include "pipeline/jobs.h"

#include <filesystem>

#include "tests/stage/world.h"

namespace hythe {
namespace {

using std::chrono::minutes;
using test::message_of;

/// hythe-launch detach: a place under the name, with a monitor that says when it began.
constexpr const char* kOneOffs = R"sh(
case $1 in
detach)
  place=/run/hythe/containers/$2.o.${4#run.}
  mkdir "$place" 2>/dev/null || exit 75
  echo >>/run/hythe/begun
  dd bs=64k count=1 of=/run/hythe/asked 2>/dev/null
  printf 'name %s\nlane o\nstarted %s\n' "$4" "$(wc -l </run/hythe/begun)" >"$place/state"
  printf 'started\0001\000' ;;
end) rm -r "/run/hythe/containers/$2.o.${3#run.}" ;;
esac
)sh";

class JobsStage : public test::Stage {
 protected:
  JobsStage() {
    launch_does(kOneOffs);
    app.release = 1;
  }

  void has(Jobs jobs) {
    Release release = Release::begin(shop);
    release.commit = std::string(40, 'c');
    release.jobs = std::move(jobs);
    release.save();
  }
  /// The commands that are started when it is `minute` minutes after noon.
  std::vector<std::string> due_at(int minute) {
    std::vector<std::string> commands;
    for (const JobRun& run : start_due_jobs(app, config, kNoon + minutes(minute)))
      commands.push_back(run.problem.empty() ? run.job.command : run.problem);
    return commands;
  }
  static void ends(const std::string& place) {
    std::filesystem::remove_all("/run/hythe/containers/shop.o." + place);
  }

  using Commands = std::vector<std::string>;
  static constexpr Minute kNoon =
      std::chrono::sys_days(std::chrono::year(2026) / 11 / 26) + std::chrono::hours(12);
  App app{.name = shop};
};

TEST_F(JobsStage, RunsWhatIsDueOnce) {
  has({{.schedule = "0 12 * * *", .command = "noon"},
       {.schedule = "1 12 * * *", .command = "later"}});
  EXPECT_EQ(due_at(0), Commands{"noon"});
  EXPECT_EQ(due_at(0), Commands{});
  EXPECT_EQ(due_at(1), Commands{"later"});
  EXPECT_EQ(due_at(2), Commands{});
  EXPECT_EQ(calls().size(), 2U);
}

TEST_F(JobsStage, CatchesUpWithFiveMinutesAndNoMore) {
  has({{.schedule = "2,3 12 * * *", .command = "early"}});
  EXPECT_EQ(due_at(0), Commands{});
  EXPECT_EQ(due_at(7), Commands{"early"});  // once
  ends("1");
  has({});
  app.release = 2;
  has({{.schedule = "20 12 * * *", .command = "while the host was off"}});
  app.release = 3;
  EXPECT_EQ(due_at(26), Commands{});
}

TEST_F(JobsStage, AClockThatWentBackRunsNothingTwice) {
  has({{.schedule = "* * * * *", .command = "a", .overlap = Job::Overlap::allow}});
  EXPECT_EQ(due_at(3), Commands{"a"});
  EXPECT_EQ(due_at(2), Commands{});
  EXPECT_EQ(due_at(3), Commands{});
  EXPECT_EQ(due_at(4), Commands{"a"});
  EXPECT_EQ(due_at(-600), Commands{"a"});  // it had been wrong for long
}

TEST_F(JobsStage, WhatStillRunsIsNotStartedAgain) {
  has({{.schedule = "* * * * *", .command = "long"}});
  EXPECT_EQ(due_at(0), Commands{"long"});
  EXPECT_EQ(due_at(1), Commands{});
  ends("1");
  EXPECT_EQ(due_at(2), Commands{"long"});
}

TEST_F(JobsStage, AnotherOneOffOfTheSameNameIsNotTheJob) {
  has({{.schedule = "* * * * *", .command = "short"}});
  EXPECT_EQ(due_at(0), Commands{"short"});
  test::spill("/run/hythe/containers/shop.o.1/state", "name run.1\nlane o\nstarted 99\n");
  EXPECT_EQ(due_at(1), Commands{"short"});
}

TEST_F(JobsStage, MayBeAllowedBesideItselfOrReplaceIt) {
  has({{.schedule = "* * * * *", .command = "beside", .overlap = Job::Overlap::allow},
       {.schedule = "* * * * *", .command = "instead", .overlap = Job::Overlap::replace}});
  EXPECT_EQ(due_at(0), (Commands{"beside", "instead"}));
  EXPECT_EQ(due_at(1), (Commands{"beside", "instead"}));
  const auto words = calls();
  EXPECT_EQ(std::count(words.begin(), words.end(), "launch end shop run.2"), 1);
  EXPECT_EQ(std::count(words.begin(), words.end(), "launch end shop run.1"), 0);
}

TEST_F(JobsStage, OneThatEndsJustThenIsReplacedAllTheSame) {
  has({{.schedule = "* * * * *", .command = "a", .overlap = Job::Overlap::replace}});
  EXPECT_EQ(due_at(0), Commands{"a"});
  launch_does(std::string("case $1 in end) echo gone >&2; exit 66 ;; esac\n") + kOneOffs);
  EXPECT_EQ(due_at(1), Commands{"a"});
}

TEST_F(JobsStage, WhatRunsIsKnownAfterAStartThatFailed) {
  has({{.schedule = "* * * * *", .command = "a", .overlap = Job::Overlap::replace}});
  EXPECT_EQ(due_at(0), Commands{"a"});
  launch_does("case $1 in end) echo busy >&2; exit 75 ;; esac");
  EXPECT_EQ(due_at(1), Commands{"busy"});
  launch_does(kOneOffs);
  EXPECT_EQ(due_at(2), Commands{"a"});
  const auto words = calls();
  EXPECT_EQ(std::count(words.begin(), words.end(), "launch end shop run.1"), 2);
}

TEST_F(JobsStage, WhatWasDueWhileTheyWereOffIsNotMadeUpFor) {
  has({{.schedule = "1,2 12 * * *", .command = "a"}});
  EXPECT_EQ(due_at(0), Commands{});
  app.is_stopped = true;
  for (int minute = 1; minute <= 3; ++minute) EXPECT_EQ(due_at(minute), Commands{});
  app.is_stopped = false;
  EXPECT_EQ(due_at(4), Commands{});
}

TEST_F(JobsStage, WhatWasDueBeforeThereWereAnyIsNotMadeUpFor) {
  has({{.schedule = "* * * * *", .command = "a"}});
  EXPECT_EQ(due_at(0), Commands{"a"});
  ends("1");
  has({});
  app.release = 2;
  EXPECT_EQ(due_at(1), Commands{});
  EXPECT_FALSE(JobRuns::load(shop).seen());
  has({{.schedule = "2 12 * * *", .command = "a"}});
  app.release = 3;
  EXPECT_EQ(due_at(3), Commands{});
}

TEST_F(JobsStage, ANewScheduleMakesNoOtherJobOfIt) {
  has({{.schedule = "* * * * *", .command = "a"}});
  EXPECT_EQ(due_at(0), Commands{"a"});
  has({{.schedule = "*/1 * * * *", .command = "a"}});
  app.release = 2;
  EXPECT_EQ(due_at(1), Commands{});
  ends("1");
  EXPECT_EQ(due_at(2), Commands{"a"});
}

TEST_F(JobsStage, ByHandIsNotBesideItselfEither) {
  const Job job{.schedule = "* * * * *", .command = "a"};
  has({job});
  const Release release = Release::load(shop, 1);
  EXPECT_EQ(start_job_now(app, release, job, config).container, "run.1");
  EXPECT_EQ(due_at(0), Commands{});
  EXPECT_EQ(message_of<PushError>([&] { (void)start_job_now(app, release, job, config); }),
            "it still runs, as run.1\nend it: hythe run shop --stop run.1");
}

TEST_F(JobsStage, WhatCannotBeStartedIsSaidAndKept) {
  has({{.schedule = "* * * * *", .command = "a"}});
  launch_does("case $1 in detach) echo 'no room' >&2; exit 71 ;; esac");
  EXPECT_EQ(due_at(0), Commands{"no room"});
  EXPECT_EQ(JobRuns::load(shop).last({.schedule = "* * * * *", .command = "a"})->problem,
            "no room");
}

TEST_F(JobsStage, AreNotRunForAnAppThatIsStoppedOrHasThemOff) {
  has({{.schedule = "* * * * *", .command = "a"}});
  app.is_stopped = true;
  EXPECT_EQ(due_at(0), Commands{});
  app.is_stopped = false;
  app.settings["cron"] = "off";
  EXPECT_EQ(due_at(1), Commands{});
  app.settings.clear();
  config.settings.cron = false;
  EXPECT_EQ(due_at(2), Commands{});
  app.settings["cron"] = "on";
  EXPECT_EQ(due_at(3), Commands{"a"});
}

TEST_F(JobsStage, OfAReviewAppRunOnlyWhenThatIsSaid) {
  has({{.schedule = "* * * * *", .command = "a"}});
  app.review = Review{.parent = shop, .name = "look"};
  EXPECT_EQ(due_at(0), Commands{});
  app.settings["cron"] = "on";
  EXPECT_EQ(due_at(1), Commands{"a"});
}

TEST_F(JobsStage, ASuspendedOneWaits) {
  has({{.schedule = "* * * * *", .command = "a", .is_suspended = true}});
  EXPECT_EQ(due_at(0), Commands{});
}

TEST_F(JobsStage, AProcessTypeIsRunByItsName) {
  Release release = Release::begin(shop);
  release.commit = std::string(40, 'c');
  release.types = {{"report", "python3 report.py"}};
  release.jobs = {{.schedule = "* * * * *", .command = "report"}};
  release.save();
  EXPECT_EQ(due_at(0), Commands{"report"});
  EXPECT_NE(test::slurp("/run/hythe/asked").find("python3 report.py"), std::string::npos);
}

TEST_F(JobsStage, OfABuildHaveSizesThatThereAre) {
  Build built;
  built.cron_json = R"({"jobs": [{"command": "@daily a", "size": "Gigantic"},
                                 {"command": "@daily b", "size": "S"}]})";
  built.app_json = R"({"cron": [{"schedule": "@daily", "command": "not this"}]})";
  const Jobs jobs = jobs_of(built, config, progress.console);
  ASSERT_EQ(jobs.size(), 2U);
  EXPECT_EQ(jobs[0].size, "");
  EXPECT_EQ(jobs[1].size, "S");
  EXPECT_NE(told().find("wants size 'Gigantic', which there is not"), std::string::npos);
  built.cron_json.reset();
  EXPECT_EQ(jobs_of(built, config, progress.console).at(0).command, "not this");
}

}  // namespace
}  // namespace hythe
