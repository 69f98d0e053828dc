// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hythe {

/// The name of an app: [a-z][a-z0-9-]{0,29}, not ending in '-' and without "--" (which is
/// IDNA's). Holding one is proof that it is safe in a path, a cgroup name, a domain label
/// and an nginx upstream.
class AppName {
 public:
  static constexpr std::size_t kMaxLength = 30;

  [[nodiscard]] static std::optional<AppName> parse(std::string_view text) noexcept;

  [[nodiscard]] const char* c_str() const noexcept { return text_; }
  [[nodiscard]] std::string_view view() const noexcept { return text_; }
  friend bool operator==(const AppName& a, const AppName& b) noexcept {
    return a.view() == b.view();
  }

 private:
  AppName() = default;
  char text_[kMaxLength + 1] = {};
};

}  // namespace hythe
