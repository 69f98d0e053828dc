// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/archive/tar_writer.h"
#include "model/limits.h"

namespace hythe {

/// One thing in an archive, at a path of its own.
struct ArchiveEntry {
  TarMember::Kind kind = TarMember::Kind::file;
  std::string path{};
  std::string target{};      // of a symlink
  std::uint64_t offset = 0;  // of a file's bytes among those of all
  std::uint64_t size = 0;
  std::int64_t modified = 0;
};

/// What is in an archive that is deployed: a source, or a program for Java, which is deployed
/// as the file that it is.
struct ArchiveContents {
  enum class Kind { source, jar, war };

  Kind kind = Kind::source;
  std::string top{};  // the folder that all of it lay in, which was taken away
  std::vector<ArchiveEntry> entries{};

  [[nodiscard]] std::string encode() const;
  /// What encode() has made, or whoever pretended to be it. Every path is as archive_path() has
  /// it, and the bytes of every file are among the first `bytes`; anything else is PushError.
  [[nodiscard]] static ArchiveContents decode(std::string_view text, std::uint64_t bytes,
                                              const Limits& limits);
};

/// "a/b" of "./a//b/"; "" of the root. Throws PushError for a path that is absolute or has
/// "..", one that is too long or too deep, and one that has a NUL.
[[nodiscard]] std::string archive_path(std::string_view name, const Limits& limits);

/// "the archive is refused: 'PATH' …"
[[noreturn]] void refuse_archive(std::string_view path, const std::string& what);

}  // namespace hythe
