// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app_name.h"

namespace hythe {

/// The words after a verb, taken one after the other. A word that is missing, or left over,
/// is a usage error that shows how the verb is typed.
class Arguments {
 public:
  Arguments(std::vector<std::string> words, std::string usage)
      : words_(std::move(words)), usage_(std::move(usage)) {}

  /// Takes the flag out, wherever it stands before a "--".
  [[nodiscard]] bool flag(std::string_view name);
  /// Takes an option and the word behind it ("-n 20").
  [[nodiscard]] std::optional<std::string> option(std::string_view name);

  [[nodiscard]] AppName app();
  [[nodiscard]] std::string word();
  [[nodiscard]] std::optional<std::string> optional_word();
  /// All that are left, as they are.
  [[nodiscard]] std::vector<std::string> rest();
  /// Throws when a word is left over.
  void end();

  [[noreturn]] void usage_error(const std::string& problem) const;

 private:
  std::vector<std::string> words_;
  std::string usage_;
};

}  // namespace hythe
