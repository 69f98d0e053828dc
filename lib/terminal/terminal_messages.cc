// SPDX-License-Identifier: Apache-2.0
#include "lib/terminal/terminal_messages.h"

namespace hythe {
namespace {

constexpr char kMark = static_cast<char>(terminal_input::kMark);

void append_number(std::string& out, std::uint16_t number) {
  out.push_back(static_cast<char>(number >> 8U));
  out.push_back(static_cast<char>(number & 0xFFU));
}

}  // namespace

std::string typed_message(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    out.push_back(byte);
    if (byte == kMark) out.push_back(byte);
  }
  return out;
}

std::string size_message(TerminalSize size) {
  std::string out{kMark, static_cast<char>(terminal_input::kSize)};
  append_number(out, size.rows);
  append_number(out, size.columns);
  return out;
}

}  // namespace hythe
