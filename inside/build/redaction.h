// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inside/build/environment.h"

namespace hythe::builder {

/// Whether the app asks buildpacks to tell of every command that they run: with `set -x` that
/// is also what these commands were given.
[[nodiscard]] bool is_traced(const Variables& app);

/// Takes the values of an app's variables out of such a log: "[NAME]" is there instead. Values
/// that are shorter than kShortest say nothing, or are in every other word.
class Redaction {
 public:
  static constexpr std::size_t kShortest = 6;

  explicit Redaction(const Variables& app);

  /// Appends what `chunk` completes. Lines are looked at as a whole, but for endless ones.
  void feed(std::string_view chunk, std::string& out);
  /// Appends the rest.
  void finish(std::string& out);

 private:
  struct Secret {
    std::string text;
    std::string name;
  };

  [[nodiscard]] std::string redacted(std::string text) const;

  std::vector<Secret> secrets_;  // the longest first
  std::string line_;
};

}  // namespace hythe::builder
