// SPDX-License-Identifier: Apache-2.0
#include "webhook/forge/forge_api.h"

#include <stdexcept>

#include "lib/errors.h"
#include "lib/json.h"
#include "lib/printable.h"

namespace hythe {
namespace {

bool is_ours(const std::string& context) {
  return context == "hythe" || context.starts_with("hythe/");
}

const char* word_of(Forge forge, CommitStatus::State state) {
  const bool is_github = forge == Forge::github;
  switch (state) {
    case CommitStatus::State::pending:
      return is_github ? "pending" : "running";
    case CommitStatus::State::success:
      return "success";
    case CommitStatus::State::failure:
      return is_github ? "failure" : "failed";
    case CommitStatus::State::cancelled:
      return is_github ? "error" : "canceled";
  }
  return "";
}

/// GitLab takes a project by its path when that is one segment of the URL.
std::string as_segment(const std::string& path) {
  std::string out;
  for (const char c : path)
    if (c == '/')
      out += "%2F";
    else
      out += c;
  return out;
}

Json parse(const std::string& answer) {
  auto json = Json::parse(answer);
  if (!json) throw std::runtime_error("the forge did not answer with JSON");
  return std::move(*json);
}

}  // namespace

ForgeApi::ForgeApi(const Link& link)
    : forge_(link.forge), base_(api_of(link.forge, link.address)) {
  headers_ = {{"User-Agent", "hythe"}, {"Content-Type", "application/json"}};
  if (forge_ == Forge::github) {
    base_ += concat("/repos/", link.address.path, '/');
    headers_.emplace_back("Accept", "application/vnd.github+json");
    headers_.emplace_back("Authorization", "Bearer " + link.token);
  } else {
    base_ += concat("/projects/", as_segment(link.address.path), '/');
    headers_.emplace_back("PRIVATE-TOKEN", link.token);
  }
}

HttpAnswer ForgeApi::ask(const std::string& method, const std::string& what,
                         const std::string& body) const {
  HttpAnswer answer = HttpsClient::send(method, base_ + what, headers_, body);
  if (answer.status < 200 || answer.status > 299)
    throw std::runtime_error(concat("the forge answered with ", answer.status));
  return answer;
}

void ForgeApi::report(const std::string& commit, const CommitStatus& status) const {
  std::vector<std::pair<std::string, std::string>> fields = {
      {"state", word_of(forge_, status.state)},
      {"description", printable(status.description, 130)},
      {forge_ == Forge::github ? "context" : "name", status.context}};
  if (!status.url.empty()) fields.emplace_back("target_url", status.url);
  (void)ask("POST", concat("statuses/", commit), Json::object(fields));
}

CiVerdict ForgeApi::ci(const std::string& commit) const {
  CiTally tally;
  if (forge_ == Forge::github) {
    tally.add_github_statuses(
        ask("GET", concat("commits/", commit, "/status?per_page=100")).body);
    tally.add_github_checks(
        ask("GET", concat("commits/", commit, "/check-runs?per_page=100")).body);
  } else {
    tally.add_gitlab_statuses(
        ask("GET", concat("repository/commits/", commit, "/statuses?per_page=100")).body);
  }
  return tally.verdict();
}

std::vector<Json> CiTally::all_of(std::vector<Json> items) {
  // On the next page there may be one that has failed.
  if (items.size() >= kPage) has_open = true;
  return items;
}

void CiTally::add_github_statuses(const std::string& answer) {
  for (const Json& status : all_of(parse(answer).items("statuses"))) {
    if (is_ours(status.text({"context"}))) continue;
    const std::string state = status.text({"state"});
    (state == "success" ? has_success : state == "pending" ? has_open : has_failure) = true;
  }
}

void CiTally::add_github_checks(const std::string& answer) {
  for (const Json& run : all_of(parse(answer).items("check_runs"))) {
    const std::string conclusion = run.text({"conclusion"});
    if (run.text({"status"}) != "completed")
      has_open = true;
    else if (conclusion == "success")
      has_success = true;
    else if (conclusion != "neutral" && conclusion != "skipped")
      has_failure = true;
  }
}

void CiTally::add_gitlab_statuses(const std::string& answer) {
  for (const Json& status : all_of(parse(answer).items())) {
    const std::string state = status.text({"status"});
    const bool is_of_no_matter = is_ours(status.text({"name"})) || state == "skipped" ||
                                 state == "manual" || status.text({"allow_failure"}) == "true";
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
