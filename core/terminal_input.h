// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace hythe {

/// As the kernel counts it: characters. 0 is unknown.
struct TerminalSize {
  std::uint16_t rows = 0;
  std::uint16_t columns = 0;

  friend bool operator==(TerminalSize, TerminalSize) = default;
};

/// What goes into a container that has a terminal of its own: what is typed, byte by byte, and
/// between that the size of the window whenever it changes. One byte, which no keyboard types
/// and no UTF-8 has, begins all that is not typed:
///
///   FF FF            the byte FF, typed after all
///   FF 'w' R R C C   rows and columns, the higher byte first
namespace terminal_input {
inline constexpr unsigned char kMark = 0xFF;
inline constexpr unsigned char kSize = 'w';
}  // namespace terminal_input

/// Takes such a stream apart; its reads may end anywhere. What is not in the grammar is passed
/// over: it comes from whoever may type anyway.
class TerminalInput {
 public:
  struct Event {
    std::optional<char> typed{};
    std::optional<TerminalSize> resized{};
  };
  /// What the next byte of the stream completes; at most one of the two.
  [[nodiscard]] Event take(unsigned char byte) noexcept;

 private:
  enum class State : std::uint8_t { typed, marked, size };
  State state_ = State::typed;
  unsigned char size_[4] = {};
  std::uint8_t have_ = 0;  // bytes of size_
};

}  // namespace hythe
