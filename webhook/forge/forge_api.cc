// SPDX-License-Identifier: Apache-2.0
#include "webhook/forge/forge_api.h"

#include <algorithm>
#include <stdexcept>

#include "lib/errors.h"
#include "lib/json.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr Milliseconds kLongestRequest = std::chrono::seconds(30);
constexpr unsigned kMostPages = 40;

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

}  // namespace

ForgeApi::ForgeApi(const Link& link, std::string own_status)
    : forge_(link.forge),
      own_status_(std::move(own_status)),
      base_(api_of(link.forge, link.address)) {
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
                         const std::string& body, Milliseconds most) const {
  HttpAnswer answer = HttpsClient::send(method, base_ + what, headers_, body, most);
  if (answer.status < 200 || answer.status > 299)
    throw std::runtime_error(concat("the forge answered with ", answer.status));
  return answer;
}

void ForgeApi::for_each_page(const std::string& what, const Deadline& deadline,
                             const std::function<void(const std::string&)>& use) const {
  // A page has all the output of fifty checks in it, and must not be too large.
  for (unsigned page = 1; page <= kMostPages; ++page) {
    const HttpAnswer answer = ask("GET", concat(what, "?per_page=50&page=", page), {},
                                  std::min(kLongestRequest, Milliseconds(deadline.left_ms())));
    use(answer.body);
    if (!answer.has_next) return;
  }
  throw std::runtime_error("the forge says more than anybody would read");
}

void ForgeApi::report(const std::string& commit, const CommitStatus& status) const {
  std::vector<std::pair<std::string, std::string>> fields = {
      {"state", word_of(forge_, status.state)},
      {"description", printable(status.description, 130)},
      {forge_ == Forge::github ? "context" : "name", own_status_}};
  if (!status.url.empty()) fields.emplace_back("target_url", status.url);
  (void)ask("POST", concat("statuses/", commit), Json::object(fields), kLongestRequest);
}

CiTally ForgeApi::ci(const std::string& commit, const Deadline& deadline) const {
  CiTally tally;
  const auto read = [&](const std::string& what, void (CiTally::*add)(const std::string&)) {
    for_each_page(what, deadline, [&](const std::string& page) { (tally.*add)(page); });
  };
  if (forge_ == Forge::gitlab) {
    read(concat("repository/commits/", commit, "/statuses"), &CiTally::add_gitlab_statuses);
    return tally;
  }
  // Suites first: what is over in them is then in what comes.
  read(concat("commits/", commit, "/check-suites"), &CiTally::add_github_suites);
  read(concat("commits/", commit, "/check-runs"), &CiTally::add_github_checks);
  read(concat("commits/", commit, "/status"), &CiTally::add_github_statuses);
  return tally;
}

}  // namespace hythe
