// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// How a text looks on a terminal: colours, bold and the like, as SGR sequences (ECMA-48) set
/// them one after the other. Whatever those were, this is said anew in few bytes of digits and
/// ';', which is what git lets through to a pusher's terminal.
class TextStyle {
 public:
  /// The parameters of an SGR sequence, what is between "ESC [" and "m". What is no colour or
  /// attribute changes nothing; nor does hiding the text, lest a log shows what a reader does
  /// not see.
  void apply(std::string_view parameters);

  [[nodiscard]] bool is_plain() const noexcept { return *this == TextStyle(); }

  /// The sequence that leads from this one to another; empty when they are the same.
  [[nodiscard]] std::string change_to(const TextStyle& other) const;

  friend bool operator==(const TextStyle&, const TextStyle&) = default;

 private:
  [[nodiscard]] std::string parameters() const;

  unsigned attributes_ = 0;   // bit n: the attribute that is switched on by n
  std::string foreground_{};  // parameters; empty for the terminal's own
  std::string background_{};
};

}  // namespace hythe
