// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "lib/colours.h"
#include "lib/text_style.h"

namespace hythe {

/// Makes what builds and apps write fit for somebody else's terminal and for the log, a
/// stream at a time: lines of UTF-8 without a control character but tab and colours.
///
/// - Of escape sequences only colours are kept, if at all: a cursor movement would overwrite
///   git's own `remote: ` and what others have said. A colour holds until the build ends it,
///   but every piece that is given out ends plain, so that nobody else's text is in it.
/// - A newline ends every sequence, so an unterminated one cannot swallow the log.
/// - Other control characters, C1, NUL, bidirectional overrides and bytes that are not UTF-8
///   are shown: \x07.
/// - A carriage return starts its line afresh, as on a terminal: of a progress bar only the
///   last state remains, when its newline comes.
/// - What a line has beyond kMaxLine is dropped, and the drop is told.
class PrintableFilter {
 public:
  static constexpr std::size_t kMaxLine = 4096;

  explicit PrintableFilter(Colours colours = Colours::kept) : colours_(colours) {}

  /// Appends the lines that `chunk` completes. Chunks may end anywhere.
  void feed(std::string_view chunk, std::string& out);
  /// Appends what there is of a line that is not complete: a question, or a row of dots that
  /// grows. Not of one that was overwritten, such as a progress bar: that would be shown in
  /// each of its states.
  void show_unfinished(std::string& out);
  /// Appends the last line, if it had no newline; then the filter is as new.
  void finish(std::string& out);
  /// Whether show_unfinished() has anything to show.
  [[nodiscard]] bool has_unfinished() const {
    return !line_.empty() && !is_overwritten_ && !was_overwritten_;
  }

 private:
  enum class State { text, escape, escape_intermediate, csi, string, string_escape };

  void byte(unsigned char byte, std::string& out);
  void control(unsigned char byte);
  void colour();
  void text(unsigned char byte);
  void show_pending();
  void append(std::string_view shown);
  void give(std::string& out);
  void end_line(std::string& out);

  Colours colours_;
  State state_ = State::text;
  std::string parameters_;        // of the CSI sequence that has begun
  std::string pending_;           // the beginning of a UTF-8 character
  TextStyle style_;               // what the build has asked for
  TextStyle line_style_;          // that of the end of line_
  std::string line_;              // what was not given out yet
  std::size_t length_ = 0;        // of the line, with what was
  std::size_t dropped_ = 0;       // bytes of this line beyond kMaxLine
  bool has_begun_ = false;        // the beginning of the line was given out
  bool is_overwritten_ = false;   // a carriage return came: the next character starts afresh
  bool was_overwritten_ = false;  // that has happened in this line
  bool needs_new_line_ = false;   // what was given out cannot be overwritten
};

/// A value inside a one-line message: everything that is not plain text is shown as \n, \t or
/// \xNN, escape sequences included, and what is longer than `max` bytes ends in "…".
[[nodiscard]] std::string printable(std::string_view value, std::size_t max = 256);

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

}  // namespace hythe
