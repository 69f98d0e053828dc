// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

struct archive;

namespace hythe {

/// One member of an archive, as the archive has it: nothing of it can be trusted.
struct ArchiveMember {
  enum class Kind { file, directory, symlink, hard_link, other };

  Kind kind = Kind::other;
  std::string path;           // raw bytes
  std::string target{};       // of a symlink or hard link, raw bytes
  std::uint64_t size = 0;     // of a file, as announced
  unsigned mode = 0;          // with whatever bits it claims
  std::int64_t modified = 0;  // seconds since 1970
  bool is_encrypted = false;
};

/// Reads an archive from a descriptor. It only reads: what becomes of a member is its user's
/// business. Whatever is no such archive, or ends too early, is PushError. Names in Unicode are
/// given in UTF-8 if the locale has that.
class ArchiveReader {
 public:
  /// `tar`: plain or compressed with gzip, xz or zstd; the descriptor need not be seekable.
  /// `bytes`: those of any file, decompressed: its only member.
  /// `source`: a tar that has its end mark, also compressed with bzip2, or a zip; a file.
  enum class Form { tar, bytes, source };
  explicit ArchiveReader(int fd, Form form = Form::tar);
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;
  ~ArchiveReader() = default;

  /// nullopt behind the last member.
  [[nodiscard]] std::optional<ArchiveMember> next();
  /// Once next() was called.
  [[nodiscard]] bool is_zip() const;
  /// How much was read, once decompressed.
  [[nodiscard]] std::uint64_t bytes_read() const;
  /// The next bytes of the file that next() has returned; 0 at its end.
  [[nodiscard]] std::size_t read(std::span<char> buffer);

 private:
  struct Release {
    void operator()(archive* tar) const noexcept;
  };
  [[noreturn]] void fail() const;
  void require_end_mark() const;

  Form form_;
  std::unique_ptr<archive, Release> tar_;
};

}  // namespace hythe
