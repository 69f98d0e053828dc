// SPDX-License-Identifier: Apache-2.0
#include "lib/printable.h"

#include <cstdint>

namespace hythe {
namespace {

constexpr unsigned char kEscape = 0x1B;
constexpr unsigned char kBell = 0x07;
constexpr unsigned char kCancel = 0x18;
constexpr unsigned char kSubstitute = 0x1A;
constexpr unsigned char kDelete = 0x7F;

void append_hex(std::string& out, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\x";
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0x0FU];
}

/// Digits, ';' and ':', and no more of them than somebody needs to say how a text looks.
bool are_colours(std::string_view parameters) noexcept {
  constexpr std::size_t kMax = 48;
  return parameters.size() <= kMax &&
         parameters.find_first_not_of("0123456789;:") == std::string_view::npos;
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) append_hex(out, static_cast<unsigned char>(c));
  return out;
}

/// How many bytes a character that begins like this has; 0 when none does.
std::size_t utf8_length(unsigned char first) noexcept {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

/// Whether `next` may follow `before`, the one or more bytes of a character that is not
/// complete. The second byte excludes overlong forms, surrogates and what Unicode lacks.
bool continues(std::string_view before, unsigned char next) noexcept {
  if (next < 0x80 || next > 0xBF) return false;
  if (before.size() > 1) return true;
  switch (static_cast<unsigned char>(before[0])) {
    case 0xE0:
      return next >= 0xA0;
    case 0xED:
      return next <= 0x9F;
    case 0xF0:
      return next >= 0x90;
    case 0xF4:
      return next <= 0x8F;
    default:
      return true;
  }
}

/// Takes one valid character off the front; empty when there is none.
std::string_view take_character(std::string_view& text) noexcept {
  const std::size_t length = utf8_length(static_cast<unsigned char>(text[0]));
  if (length == 0 || length > text.size()) return {};
  for (std::size_t i = 1; i < length; ++i)
    if (!continues(text.substr(0, i), static_cast<unsigned char>(text[i]))) return {};
  const std::string_view character = text.substr(0, length);
  text.remove_prefix(length);
  return character;
}

/// Valid characters that must not reach a terminal: C1 controls, which some terminals obey,
/// line and paragraph separators, and the bidirectional controls that reorder what one reads.
bool is_treacherous(std::string_view character) noexcept {
  const auto at = [character](std::size_t i) {
    return static_cast<unsigned char>(character[i]);
  };
  if (character.size() == 2) return at(0) == 0xC2 && at(1) < 0xA0;
  if (character.size() != 3 || at(0) != 0xE2) return false;
  if (at(1) == 0x80) return at(2) >= 0xA8 && at(2) <= 0xAE;  // U+2028 to U+202E
  return at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9;    // U+2066 to U+2069
}

}  // namespace

void PrintableFilter::feed(std::string_view chunk, std::string& out) {
  for (const char c : chunk) byte(static_cast<unsigned char>(c), out);
}

void PrintableFilter::finish(std::string& out) {
  show_pending();
  if (!line_.empty() || has_begun_) end_line(out);
  *this = PrintableFilter(colours_);
}

void PrintableFilter::byte(unsigned char byte, std::string& out) {
  if (byte == '\n') {
    state_ = State::text;
    show_pending();
    end_line(out);
    return;
  }
  if (byte == '\r') state_ = State::text;
  if (state_ != State::text && (byte == kCancel || byte == kSubstitute)) {
    state_ = State::text;
    return;
  }
  switch (state_) {
    case State::text:
      if (byte < 0x20 || byte == kDelete)
        control(byte);
      else
        text(byte);
      return;
    case State::escape:
      parameters_.clear();
      if (byte == '[')
        state_ = State::csi;
      else if (byte == ']' || byte == 'P' || byte == 'X' || byte == '^' || byte == '_')
        state_ = State::string;
      else if (byte >= 0x20 && byte <= 0x2F)
        state_ = State::escape_intermediate;
      else if (byte != kEscape)
        state_ = State::text;
      return;
    case State::escape_intermediate:
      if (byte < 0x20 || byte > 0x2F) state_ = byte == kEscape ? State::escape : State::text;
      return;
    case State::csi:
      if (byte == kEscape) {
        state_ = State::escape;
      } else if (byte >= 0x40 && byte <= 0x7E) {
        state_ = State::text;
        if (byte == 'm') colour();
      } else if (are_colours(parameters_)) {
        parameters_ += static_cast<char>(byte);
      }
      return;
    case State::string:
      if (byte == kBell)
        state_ = State::text;
      else if (byte == kEscape)
        state_ = State::string_escape;
      return;
    case State::string_escape:
      state_ = State::escape;
      if (byte == '\\')
        state_ = State::text;
      else
        this->byte(byte, out);  // another sequence has begun
      return;
  }
}

void PrintableFilter::control(unsigned char byte) {
  show_pending();
  if (byte == kEscape) {
    state_ = State::escape;
  } else if (byte == '\r') {
    is_overwritten_ = true;
  } else if (byte == '\t') {
    append("\t");
  } else {
    std::string shown;
    append_hex(shown, byte);
    append(shown);
  }
}

void PrintableFilter::colour() {
  if (colours_ == Colours::kept && are_colours(parameters_)) style_.apply(parameters_);
}

void PrintableFilter::text(unsigned char byte) {
  if (!pending_.empty() && !continues(pending_, byte)) show_pending();
  const std::size_t length =
      utf8_length(pending_.empty() ? byte : static_cast<unsigned char>(pending_[0]));
  pending_ += static_cast<char>(byte);
  if (pending_.size() == length && !is_treacherous(pending_)) {
    append(pending_);
    pending_.clear();
  } else if (pending_.size() >= length) {
    show_pending();
  }
}

/// What is pending will not become a character.
void PrintableFilter::show_pending() {
  if (pending_.empty()) return;
  append(hex(pending_));
  pending_.clear();
}

void PrintableFilter::append(std::string_view shown) {
  if (is_overwritten_) {
    line_.clear();
    line_style_ = TextStyle();
    length_ = dropped_ = 0;
    needs_new_line_ = has_begun_;
    is_overwritten_ = false;
    was_overwritten_ = true;
  }
  // Said only where there is text for it: many a program changes its mind in between.
  const std::string change = line_style_.change_to(style_);
  if (dropped_ > 0 || length_ + change.size() + shown.size() > kMaxLine) {
    dropped_ += shown.size();
    return;
  }
  line_.append(change).append(shown);
  line_style_ = style_;
  length_ += change.size() + shown.size();
}

void PrintableFilter::show_unfinished(std::string& out) {
  if (!has_unfinished()) return;
  give(out);
  has_begun_ = true;
}

/// Whatever is given out ends plain.
void PrintableFilter::give(std::string& out) {
  if (needs_new_line_) out += '\n';
  out += line_;
  out += line_style_.change_to(TextStyle());
  line_.clear();
  line_style_ = TextStyle();
  needs_new_line_ = false;
}

void PrintableFilter::end_line(std::string& out) {
  give(out);
  if (dropped_ > 0) out += "… (" + std::to_string(dropped_) + " more bytes)";
  out += '\n';
  length_ = dropped_ = 0;
  has_begun_ = is_overwritten_ = was_overwritten_ = false;
}

std::string printable(std::string_view value, std::size_t max) {
  std::string out;
  while (!value.empty()) {
    std::string shown;
    const auto first = static_cast<unsigned char>(value[0]);
    const std::string_view character = take_character(value);
    if (character.empty()) {
      append_hex(shown, first);
      value.remove_prefix(1);
    } else if (character == "\n") {
      shown = "\\n";
    } else if (character == "\r") {
      shown = "\\r";
    } else if (character == "\t") {
      shown = "\\t";
    } else if (first < 0x20 || first == kDelete || is_treacherous(character)) {
      shown = hex(character);
    } else {
      shown = character;
    }
    if (out.size() + shown.size() > max) return out + "…";
    out += shown;
  }
  return out;
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty())
    if (take_character(text).empty()) return false;
  return true;
}

}  // namespace hythe
