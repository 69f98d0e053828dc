// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits.h>
#include <poll.h>

#include <string>

#include "core/unique_fd.h"

namespace hythe::container {

/// One direction of what a caller and a container say to each other: bytes from one
/// descriptor to another, at the pace of the slower one and never waiting for either. What
/// is held between them is bounded: whoever does not read stops whoever writes.
class Relay {
 public:
  /// What a pipe that is ready for writing takes without waiting, also when it belongs to a
  /// caller, who has left it blocking and may share it with others.
  static constexpr std::size_t kToCaller = PIPE_BUF;
  /// For a target of our own, which never blocks.
  static constexpr std::size_t kToOurs = 65536;

  /// `most` is written to the target at once. Neither descriptor is owned.
  Relay(int from, int to, std::size_t most) noexcept : from_(from), to_(to), most_(most) {}
  virtual ~Relay() = default;
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  /// What to wait for: at most one of the two, -1 for the other. A reader is also watched for
  /// having gone.
  [[nodiscard]] struct pollfd source() const noexcept;
  [[nodiscard]] struct pollfd target() const noexcept;
  /// Moves what can be moved, by what poll(2) has said of the two.
  void move(short source_events, short target_events);

  /// Nothing more will come, and all that came was passed on, or thrown away because its
  /// reader is gone.
  [[nodiscard]] bool is_over() const noexcept {
    return from_ < 0 && (to_ < 0 || pending_.empty());
  }
  [[nodiscard]] bool is_unread() const noexcept { return to_ < 0; }
  /// How long nothing is read, whatever there is; -1 when that is not so.
  [[nodiscard]] virtual int pause_ms() const noexcept { return -1; }

 protected:
  /// What of the bytes read is passed on.
  virtual void accept(std::string_view bytes, std::string& pending) { pending.append(bytes); }

 private:
  void read_some();
  void write_some();

  int from_;  // -1 after its end
  int to_;    // -1 when nobody reads it
  std::size_t most_;
  std::string pending_{};
};

/// The answers of hythe-build: whole ones only, and none of those that are ours to give, so
/// that code of the app's, which runs as the same user, cannot say how the build ended.
class AnswerRelay final : public Relay {
 public:
  using Relay::Relay;

 private:
  void accept(std::string_view bytes, std::string& pending) override;
  std::string incomplete_{};
  std::size_t total_ = 0;
};

}  // namespace hythe::container
