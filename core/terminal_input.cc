// SPDX-License-Identifier: Apache-2.0
#include "core/terminal_input.h"

namespace hythe {
namespace {

std::uint16_t number(unsigned char high, unsigned char low) noexcept {
  return static_cast<std::uint16_t>(high << 8U | low);
}

}  // namespace

TerminalInput::Event TerminalInput::take(unsigned char byte) noexcept {
  using namespace terminal_input;
  switch (state_) {
    case State::typed:
      if (byte != kMark) return {.typed = static_cast<char>(byte)};
      state_ = State::marked;
      return {};
    case State::marked:
      have_ = 0;
      state_ = byte == kSize ? State::size : State::typed;
      if (byte == kMark) return {.typed = static_cast<char>(byte)};
      return {};
    case State::size:
      size_[have_++] = byte;
      if (have_ < sizeof size_) return {};
      state_ = State::typed;
      return {.resized = TerminalSize{.rows = number(size_[0], size_[1]),
                                      .columns = number(size_[2], size_[3])}};
  }
  return {};
}

}  // namespace hythe
