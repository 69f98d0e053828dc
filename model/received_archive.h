// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/unique_fd.h"
#include "lib/clock.h"
#include "lib/sha256.h"
#include "model/limits.h"
#include "model/source_archive.h"

namespace hythe {

/// A file of hythe's without a name: it is gone with the last who has it open. Throws
/// SystemError.
[[nodiscard]] UniqueFd open_nameless_file();

/// An archive as it has come; nobody has looked into it.
struct ReceivedArchive {
  UniqueFd file;
  std::uint64_t size;
  SourceArchive source;
};

/// Takes an archive in, and knows its sum when it is there. Throws PushError when it is larger
/// than the limit, when the disk is nearly full, and when it is too slow.
class ArchiveIntake {
 public:
  explicit ArchiveIntake(const Limits& limits);

  /// All that is to be read from `fd`.
  void take(int fd);
  /// What was taken is not it.
  void start_over();
  [[nodiscard]] std::uint64_t most() const { return most_; }
  [[nodiscard]] const Deadline& deadline() const { return deadline_; }
  [[noreturn]] void refuse_as_large() const;
  [[noreturn]] void refuse_as_slow() const;

  /// `version`: what it is called; "" for its sum. To be called once.
  [[nodiscard]] ReceivedArchive finish(std::string name, std::string version);

 private:
  void add(std::string_view bytes);

  std::uint64_t most_;
  Milliseconds longest_;
  Deadline deadline_;
  UniqueFd file_;
  std::uint64_t size_ = 0;
  std::uint64_t seen_room_at_ = 0;
  Sha256 sum_{};
};

}  // namespace hythe
