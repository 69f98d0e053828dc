// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "lib/clock.h"
#include "model/forge/link.h"
#include "webhook/forge/ci_tally.h"
#include "webhook/forge/https_client.h"

namespace hythe {

/// What is told of a commit.
struct CommitStatus {
  enum class State { pending, success, failure, cancelled };

  State state = State::pending;
  std::string description{};  // 140 characters at most, of any text
  std::string url{};
};

/// A forge's API as GitHub, GitHub Enterprise and GitLab document it, with the link's token.
class ForgeApi {
 public:
  /// `own_status` is what the status that it reports is called there (own_status.h).
  explicit ForgeApi(const Link& link, std::string own_status = "hythe");

  /// Throws std::exception when the forge did not take it.
  void report(const std::string& commit, const CommitStatus& status) const;
  /// What everybody else says of the commit, on however many pages. Throws std::exception when
  /// the forge has not said all of it by the deadline.
  [[nodiscard]] CiTally ci(const std::string& commit, const Deadline& deadline) const;

 private:
  [[nodiscard]] HttpAnswer ask(const std::string& method, const std::string& what,
                               const std::string& body, Milliseconds most) const;
  void for_each_page(const std::string& what, const Deadline& deadline,
                     const std::function<void(const std::string&)>& use) const;

  Forge forge_;
  std::string own_status_;
  std::string base_;
  HttpHeaders headers_{};
};

}  // namespace hythe
