// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>

#include <cstddef>
#include <string_view>

#include "core/terminal_input.h"
#include "core/unique_fd.h"

namespace hythe::init {

/// The command's terminal: a pair of its own in the container's own devpts, between which and
/// the pipes 0 and 1 all bytes are passed on. The outside never gives a container a terminal:
/// what crun has on 0, 1 and 2 it gives to the container's user.
///
/// stdin is a TerminalInput; its end hangs the terminal up, which sends SIGHUP to the shell and
/// to whatever is in its foreground. What is held in between is bounded, and neither direction
/// waits for the other.
class Terminal {
 public:
  /// Says why on stderr and exits when there is none to be had. `signals` are blocked.
  [[nodiscard]] static Terminal open(TerminalSize size, const sigset_t& signals) noexcept;

  /// In the command's process: the terminal is its 0, 1 and 2.
  void become_stdio() const noexcept;
  /// Returns when one of the signals is pending.
  void serve_until_signal() noexcept;
  /// Nobody writes any more: what was written goes out.
  void finish() noexcept;

 private:
  /// Bytes on their way; memory that is not touched costs nothing.
  class Buffer {
   public:
    [[nodiscard]] bool is_empty() const noexcept { return begin_ == end_; }
    /// Into an empty one. What read(2) said.
    [[nodiscard]] long fill(int fd) noexcept;
    void push(char byte) noexcept { bytes_[end_++] = byte; }
    void clear() noexcept { begin_ = end_ = 0; }
    /// Writes what is taken. False when nobody will ever take more.
    [[nodiscard]] bool drain(int fd) noexcept;
    [[nodiscard]] std::string_view view() const noexcept {
      return {bytes_ + begin_, end_ - begin_};
    }

   private:
    // What a pipe that is ready for writing takes without waiting.
    char bytes_[4096];
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
  };

  Terminal(UniqueFd outer, UniqueFd inner, UniqueFd signals) noexcept
      : outer_(std::move(outer)), inner_(std::move(inner)), signals_(std::move(signals)) {}
  void read_input() noexcept;
  void hang_up() noexcept;

  UniqueFd outer_;  // what is typed goes in here, and what is shown comes out
  UniqueFd inner_;  // the command's; held, so that the other is never without one
  UniqueFd signals_;
  TerminalInput input_{};
  Buffer typed_{};
  Buffer shown_{};
};

}  // namespace hythe::init
