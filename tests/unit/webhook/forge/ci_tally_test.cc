// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "webhook/forge/ci_tally.h"

namespace hythe {
namespace {

CiVerdict github(const std::string& statuses, const std::string& checks) {
  CiTally tally;
  tally.add_github_statuses("{\"statuses\": [" + statuses + "]}");
  tally.add_github_checks("{\"check_runs\": [" + checks + "]}");
  return tally.verdict();
}

CiVerdict gitlab(const std::string& statuses) {
  CiTally tally;
  tally.add_gitlab_statuses("[" + statuses + "]");
  return tally.verdict();
}

std::string status(const std::string& context, const std::string& state) {
  return R"({"context": ")" + context + R"(", "state": ")" + state + "\"}";
}
std::string check(const std::string& is, const std::string& conclusion) {
  return R"({"status": ")" + is + R"(", "conclusion": )" + conclusion + "}";
}
std::string job(const std::string& name, const std::string& is, bool may_fail = false) {
  return R"({"name": ")" + name + R"(", "status": ")" + is + R"(", "allow_failure": )" +
         (may_fail ? "true}" : "false}");
}

TEST(Ci, IsUndecidedUntilSomebodyHasSaidSomething) {
  EXPECT_EQ(github("", ""), CiVerdict::undecided);
  EXPECT_EQ(gitlab(""), CiVerdict::undecided);
  EXPECT_EQ(github(status("hythe", "success"), ""), CiVerdict::undecided);
  EXPECT_EQ(gitlab(job("hythe", "success")), CiVerdict::undecided);
  EXPECT_EQ(github("", check("completed", "\"skipped\"")), CiVerdict::undecided);
}

TEST(Ci, IsASuccessWhenAllThatCountsIs) {
  EXPECT_EQ(github(status("ci", "success") + "," + status("hythe", "pending"), ""),
            CiVerdict::success);
  EXPECT_EQ(
      github("", check("completed", "\"success\"") + "," + check("completed", "\"neutral\"")),
      CiVerdict::success);
  EXPECT_EQ(gitlab(job("unit", "success") + "," + job("lint", "failed", true) + "," +
                   job("deploy", "manual")),
            CiVerdict::success);
}

TEST(Ci, IsUndecidedWhileSomethingIsOpen) {
  EXPECT_EQ(github(status("a", "success") + "," + status("b", "pending"), ""),
            CiVerdict::undecided);
  EXPECT_EQ(github(status("a", "success"), check("in_progress", "null")), CiVerdict::undecided);
  for (const char* state : {"created", "pending", "running"})
    EXPECT_EQ(gitlab(job("a", "success") + "," + job("b", state)), CiVerdict::undecided)
        << state;
}

TEST(Ci, IsAFailureAsSoonAsSomethingIs) {
  EXPECT_EQ(github(status("a", "failure") + "," + status("b", "pending"), ""),
            CiVerdict::failure);
  for (const char* conclusion : {"failure", "timed_out", "cancelled", "action_required"})
    EXPECT_EQ(github(status("a", "success"),
                     check("completed", std::string("\"") + conclusion + "\"")),
              CiVerdict::failure)
        << conclusion;
  EXPECT_EQ(gitlab(job("a", "failed") + "," + job("b", "running")), CiVerdict::failure);
}

TEST(Ci, IsNothingWhenTheForgeDoesNotSpeakJson) {
  CiTally tally;
  EXPECT_THROW(tally.add_github_statuses("<html>"), std::exception);
}

TEST(Ci, IsWhatAllPagesSay) {
  CiTally tally;
  tally.add_gitlab_statuses("[" + job("a", "success") + "]");
  EXPECT_EQ(tally.verdict(), CiVerdict::success);
  tally.add_gitlab_statuses("[" + job("b", "failed") + "," + job("hythe", "running") + "]");
  EXPECT_EQ(tally.verdict(), CiVerdict::failure);
  EXPECT_EQ(tally.count, 2U);
}

CiTally with_suite(const std::string& app, const std::string& is, const std::string& conclusion,
                   int runs) {
  CiTally tally;
  tally.add_github_checks("{\"check_runs\": [" + check("completed", "\"success\"") + "]}");
  tally.add_github_suites(R"({"check_suites": [{"app": {"slug": ")" + app +
                          R"("}, "status": ")" + is + R"(", "conclusion": )" + conclusion +
                          R"(, "latest_check_runs_count": )" + std::to_string(runs) + "}]}");
  return tally;
}

TEST(Ci, IsUndecidedWhileAWorkflowIsToRun) {
  for (const char* is : {"queued", "in_progress", "waiting", "requested", "pending"})
    EXPECT_EQ(with_suite("github-actions", is, "null", 0).verdict(), CiVerdict::undecided)
        << is;
  EXPECT_EQ(with_suite("other", "in_progress", "null", 2).verdict(), CiVerdict::undecided);
  EXPECT_EQ(with_suite("github-actions", "completed", "\"success\"", 1).verdict(),
            CiVerdict::success);
}

TEST(Ci, IsAFailureWhenAWorkflowCouldNotBegin) {
  EXPECT_EQ(with_suite("github-actions", "completed", "\"startup_failure\"", 0).verdict(),
            CiVerdict::failure);
  // GitHub makes it stale after two weeks in which an app did nothing.
  EXPECT_EQ(with_suite("other", "completed", "\"stale\"", 0).verdict(), CiVerdict::success);
}

TEST(Ci, KnowsOfAppsThatMayNeverBegin) {
  const CiTally tally = with_suite("other", "queued", "null", 0);
  EXPECT_TRUE(tally.has_announced);
  EXPECT_EQ(tally.verdict(), CiVerdict::success);
  EXPECT_FALSE(with_suite("other", "completed", "\"success\"", 1).has_announced);
}

}  // namespace
}  // namespace hythe
