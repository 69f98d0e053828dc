// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/process/child.h"

namespace hythe {

/// git(1) on a repository of ours, in an environment made for it: no configuration of the
/// host's or of a user's, nothing that could ask, and what settings say stands neither on a
/// command line nor in the repository.
class GitCommand {
 public:
  explicit GitCommand(std::string repository) : repository_(std::move(repository)) {}

  /// Over whatever the repository's own configuration says. May be a secret.
  void set(std::string key, std::string value);
  void set_variable(std::string name_and_value);
  /// Of one that speaks to others: bytes that no file it writes may be larger than; and it ends
  /// when we do.
  void limit_files(std::uint64_t bytes) { largest_file_ = bytes; }

  [[nodiscard]] Command command(const std::vector<std::string>& words) const;
  /// All that it says on stdout, and how it ends; for what is done in no time. It has `held`
  /// open for as long as it works: what changes the repository holds the app's lock, should we
  /// be killed.
  [[nodiscard]] std::pair<ExitStatus, std::string> run(const std::vector<std::string>& words,
                                                       int held = -1) const;

  struct Ref {
    std::string commit{};
    std::string name{};
  };
  [[nodiscard]] std::vector<Ref> refs_below(
      std::initializer_list<std::string_view> prefixes) const;
  /// Unless it has moved. False when git could not.
  [[nodiscard]] bool remove_ref(const Ref& ref) const;

 private:
  std::string repository_;
  std::vector<std::pair<std::string, std::string>> settings_{};
  std::vector<std::string> variables_{};
  std::uint64_t largest_file_ = 0;
};

}  // namespace hythe
