// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "core/app_name.h"

namespace hythe {

/// The deliveries of an app that were taken, by the forge's id and by what was signed: the id
/// is not part of it. The newest kKept are remembered, on disk (deliveries/APP.seen).
class Seen {
 public:
  static constexpr std::size_t kKept = 4096;

  [[nodiscard]] static Seen load(const AppName& app);
  [[nodiscard]] bool has(const std::string& word) const { return words_.contains(word); }
  /// Durable when it returns. Words are without blanks.
  void add(const std::vector<std::string>& words);

 private:
  explicit Seen(std::string path) : path_(std::move(path)) {}
  void remember(const std::string& word);

  std::string path_;
  std::deque<std::string> order_{};
  std::set<std::string> words_{};
  std::size_t lines_ = 0;  // in the file
};

}  // namespace hythe
