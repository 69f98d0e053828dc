// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// Whether a text keeps its SGR sequences, ESC [ digits and ';' m: colours, bold and the like.
enum class Colours { kept, dropped };

/// Kept on a terminal, dropped in a file or a pipe.
[[nodiscard]] Colours colours_for(int fd) noexcept;

/// Takes the colours out of a log, which has no other escape sequence (PrintableFilter).
class ColourRemover {
 public:
  /// Chunks may end anywhere.
  [[nodiscard]] std::string remove_from(std::string_view chunk);

 private:
  bool is_in_sequence_ = false;
};

}  // namespace hythe
