// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace hythe {

enum class CiVerdict { undecided, success, failure };

/// What a forge says of a commit, but for what hythe has told it: each page of an answer adds
/// to what is known so far. Throws std::exception when the forge does not answer with JSON.
struct CiTally {
  bool has_success = false;
  bool has_failure = false;
  bool has_open = false;
  /// GitHub makes a suite for every app that may check, when the commit comes: some begin soon,
  /// and some never do.
  bool has_announced = false;
  std::size_t count = 0;  // of all that was said

  void add_github_statuses(const std::string& answer);
  void add_github_checks(const std::string& answer);
  void add_github_suites(const std::string& answer);
  void add_gitlab_statuses(const std::string& answer);

  /// A success only when there is one, and nothing else.
  [[nodiscard]] CiVerdict verdict() const;
};

}  // namespace hythe
