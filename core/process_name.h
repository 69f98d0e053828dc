// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hythe {

/// One running process type, as people read it: `web.1`, `run.3`. TYPE is
/// [A-Za-z][A-Za-z0-9_-]{0,23}, the index 1 to 999. Holding one is proof that it is safe in
/// a file name and, with '.' as '-', in a host name.
class ProcessName {
 public:
  static constexpr std::size_t kMaxTypeLength = 24;

  [[nodiscard]] static std::optional<ProcessName> parse(std::string_view text) noexcept;
  [[nodiscard]] static bool is_type(std::string_view text) noexcept;

  [[nodiscard]] const char* c_str() const noexcept { return text_; }
  [[nodiscard]] std::string_view view() const noexcept { return text_; }
  [[nodiscard]] std::string_view type() const noexcept { return {text_, type_length_}; }
  [[nodiscard]] unsigned index() const noexcept { return index_; }

 private:
  ProcessName() = default;
  char text_[kMaxTypeLength + sizeof ".999"] = {};
  std::size_t type_length_ = 0;
  unsigned index_ = 0;
};

}  // namespace hythe
