// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

struct archive;
struct archive_entry;

namespace hythe {

/// One member of a tar, before its bytes.
struct TarMember {
  enum class Kind { file, executable, symlink, directory };

  Kind kind = Kind::file;
  std::string path;           // raw bytes, as everywhere here: no locale is asked
  std::uint64_t size = 0;     // of a file
  std::string target{};       // of a symlink
  std::int64_t modified = 0;  // seconds since 1970
};

/// Writes a tar to a descriptor as it is described, holding no more of it than a block. The
/// same calls give the same bytes, on every host: owner 0 without a name, modes 0644, 0755
/// and 0777, long names as GNU tar has them.
///
/// The descriptor becomes non-blocking, so that a reader who stopped reading cannot hold a
/// writer whom nobody wants any more. When the reader is gone, SystemError (EPIPE); SIGPIPE
/// must be ignored.
class TarWriter {
 public:
  /// `cancel_fd` becoming readable or hanging up ends the next write with Cancelled; -1 is
  /// none.
  explicit TarWriter(int fd, int cancel_fd = -1);
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;
  /// Without finish(), what was written has no end-of-archive mark: a reader that looks for
  /// it is not deceived.
  ~TarWriter();

  void begin(const TarMember& member);
  /// Bytes of the file begun last, in pieces. Together they must be as many as it announced,
  /// or the next call throws SystemError.
  void write(std::string_view bytes);
  void finish();

 private:
  struct Release {
    void operator()(archive* tar) const noexcept;
    void operator()(archive_entry* entry) const noexcept;
  };
  static constexpr int kNowhere = -1;
  static std::intptr_t take_block(archive* tar, void* self, const void* block,
                                  std::size_t size);
  void send(std::string_view bytes) const;
  void check(std::intptr_t code);
  void expect_complete() const;

  int fd_;  // kNowhere: what libarchive still says is dropped
  int cancel_fd_;
  std::uint64_t left_ = 0;  // bytes that the member still lacks
  std::string path_{};
  std::exception_ptr failure_{};  // what libarchive must not see flying by
  std::unique_ptr<archive_entry, Release> entry_;
  std::unique_ptr<archive, Release> tar_;
};

}  // namespace hythe
