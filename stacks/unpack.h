// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/unique_fd.h"
#include "lib/archive/archive_reader.h"

namespace hythe::stacks {

/// What an archive may be, whatever it says of itself.
struct Limits {
  std::uint64_t size = 8ULL << 30U;   // bytes of all files
  std::uint64_t entries = 1'000'000;  // members of all kinds
  static constexpr std::size_t kPath = 4096;
  static constexpr std::size_t kDepth = 100;  // of any file, links followed
};

/// What became of it.
struct Unpacked {
  std::uint64_t size = 0;
  std::uint64_t entries = 0;
  std::uint64_t left_out = 0;  // device nodes, pipes and sockets
};

/// The parts of a member's name. Throws PushError for an absolute one, one with "..", one that
/// is too long or too deep. Empty for the root itself.
[[nodiscard]] std::vector<std::string> member_path(const std::string& name);

/// Writes the members of tars below a directory, one tar over the other. The directory is the
/// root of every symlink in it, as it will be in containers; a member that goes through one
/// lands where that leads inside, never outside. Files are root's, lose set-id bits and other
/// people's right to write, and a directory can always be entered by its owner. No device node,
/// pipe or socket is made. Whatever is not like that in an archive is PushError.
class Unpacker {
 public:
  Unpacker(int root, const Limits& limits) : root_(root), limits_(limits) {}

  /// A layer's whiteouts, applied to the layers below: before add(), and with nothing else.
  void take_away(int archive);
  /// Everything but the whiteouts.
  void add(int archive);

  [[nodiscard]] const Unpacked& result() const { return result_; }

 private:
  enum class Missing { make, leave };

  void add_member(const ArchiveMember& member, ArchiveReader& archive);
  void add_directory(int dir, const std::string& name, const ArchiveMember& member);
  void add_file(int dir, const std::string& name, const ArchiveMember& member,
                ArchiveReader& archive);
  void add_hard_link(int dir, const std::string& name, const ArchiveMember& member);
  void count(const ArchiveMember& member);
  /// The directory that the parts lead to; empty when it is missing and to be left so.
  [[nodiscard]] UniqueFd enter(const std::vector<std::string>& parts, Missing missing);

  int root_;
  Limits limits_;
  Unpacked result_{};
};

}  // namespace hythe::stacks
