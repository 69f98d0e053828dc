// SPDX-License-Identifier: Apache-2.0
#include "webhook/forge/ci_tally.h"

#include <stdexcept>
#include <vector>

#include "lib/json.h"
#include "webhook/forge/own_status.h"

namespace hythe {
namespace {

std::vector<Json> items(const std::string& answer, const char* key = nullptr) {
  const auto json = Json::parse(answer);
  if (!json) throw std::runtime_error("the forge did not answer with JSON");
  return json->items(key);
}

/// Of a check run or of a suite that is over.
bool is_bad(const std::string& conclusion) {
  return conclusion != "success" && conclusion != "neutral" && conclusion != "skipped";
}

}  // namespace

void CiTally::add_github_statuses(const std::string& answer) {
  for (const Json& status : items(answer, "statuses")) {
    if (is_own_status(status.text({"context"}))) continue;
    ++count;
    const std::string state = status.text({"state"});
    (state == "success" ? has_success : state == "pending" ? has_open : has_failure) = true;
  }
}

void CiTally::add_github_checks(const std::string& answer) {
  for (const Json& run : items(answer, "check_runs")) {
    ++count;
    const std::string conclusion = run.text({"conclusion"});
    if (run.text({"status"}) != "completed")
      has_open = true;
    else if (is_bad(conclusion))
      has_failure = true;
    else if (conclusion == "success")
      has_success = true;
  }
}

void CiTally::add_github_suites(const std::string& answer) {
  for (const Json& suite : items(answer, "check_suites")) {
    ++count;
    // Actions makes a suite for each workflow that is to run, and its jobs a little later; or
    // none at all, when the workflow's file is wrong.
    const bool is_actions = suite.text({"app", "slug"}) == "github-actions";
    const std::string runs = suite.text({"latest_check_runs_count"});
    const bool has_begun = !runs.empty() && runs != "0";
    if (suite.text({"status"}) != "completed")
      (is_actions || has_begun ? has_open : has_announced) = true;
    else if (is_actions && is_bad(suite.text({"conclusion"})))
      has_failure = true;
  }
}

void CiTally::add_gitlab_statuses(const std::string& answer) {
  for (const Json& status : items(answer)) {
    if (is_own_status(status.text({"name"}))) continue;
    ++count;
    const std::string state = status.text({"status"});
    const bool is_of_no_matter =
        state == "skipped" || state == "manual" || status.text({"allow_failure"}) == "true";
    if (is_of_no_matter) continue;
    const bool is_over = state == "success" || state == "failed" || state == "canceled";
    (!is_over ? has_open : state == "success" ? has_success : has_failure) = true;
  }
}

CiVerdict CiTally::verdict() const {
  if (has_failure) return CiVerdict::failure;
  return has_success && !has_open ? CiVerdict::success : CiVerdict::undecided;
}

}  // namespace hythe
