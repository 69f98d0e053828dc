// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lib/json.h"
#include "lib/link.h"
#include "webhook/forge/https_client.h"

namespace hythe {

/// What is told of a commit.
struct CommitStatus {
  enum class State { pending, success, failure, cancelled };

  State state = State::pending;
  std::string description{};  // 140 characters at most, of any text
  std::string url{};
  std::string context = "hythe";  // what it is called at the forge; of a review app "hythe/APP"
};

enum class CiVerdict { undecided, success, failure };

/// A forge's API as GitHub, GitHub Enterprise and GitLab document it, with the link's token.
class ForgeApi {
 public:
  explicit ForgeApi(const Link& link);

  /// Throws std::exception when the forge did not take it.
  void report(const std::string& commit, const CommitStatus& status) const;
  /// What everybody else says of the commit: a success only when there is one, and nothing
  /// else.
  [[nodiscard]] CiVerdict ci(const std::string& commit) const;

 private:
  [[nodiscard]] HttpAnswer ask(const std::string& method, const std::string& what,
                               const std::string& body = {}) const;

  Forge forge_;
  std::string base_;
  HttpHeaders headers_{};
};

/// As ForgeApi::ci() reads what the forges answer; each adds to what is known so far. Where an
/// answer is as long as the page that was asked for, not all is known.
struct CiTally {
  static constexpr std::size_t kPage = 100;
  bool has_success = false;
  bool has_failure = false;
  bool has_open = false;

  void add_github_statuses(const std::string& answer);
  void add_github_checks(const std::string& answer);
  void add_gitlab_statuses(const std::string& answer);
  [[nodiscard]] CiVerdict verdict() const;

 private:
  [[nodiscard]] std::vector<Json> all_of(std::vector<Json> items);
};

}  // namespace hythe
