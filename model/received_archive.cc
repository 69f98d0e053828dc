// SPDX-License-Identifier: Apache-2.0
#include "model/received_archive.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/units.h"
#include "model/preflight.h"

namespace hythe {
namespace {

/// The disk is looked at this often.
constexpr std::uint64_t kStride = 16U << 20U;

void require_room_for(int file) {
  struct statvfs disk = {};
  if (::fstatvfs(file, &disk) != 0) throw SystemError(errno, "look at the disk");
  require_disk(paths::kApps, disk);
}

}  // namespace

UniqueFd open_nameless_file() {
  UniqueFd file(::open(paths::kApps, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file || (errno != EOPNOTSUPP && errno != EISDIR)) {
    if (!file) throw SystemError(errno, "make a temporary file in '", paths::kApps, "'");
    return file;
  }
  // Not every file system can do that.
  std::string name = concat(paths::kApps, "/.archive-XXXXXX");
  file.reset(::mkostemp(name.data(), O_CLOEXEC));
  if (!file) throw SystemError(errno, "make a temporary file in '", paths::kApps, "'");
  ::unlink(name.c_str());
  return file;
}

ArchiveIntake::ArchiveIntake(const Limits& limits)
    : most_(limits.archive_size),
      longest_(std::min<Milliseconds>(limits.archive_time, std::chrono::hours(24))),
      deadline_(longest_),
      file_(open_nameless_file()) {}

void ArchiveIntake::take(int fd) {
  for (std::string bytes;; bytes.clear()) {
    pollfd more{.fd = fd, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&more, 1, deadline_.left_ms());
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) throw SystemError(errno, "wait for an archive");
    // Also of one that never lets us wait.
    if (ready == 0 || deadline_.left_ms() == 0) refuse_as_slow();
    if (!read_some(fd, bytes)) return;
    add(bytes);
  }
}

void ArchiveIntake::start_over() {
  if (::ftruncate(file_.get(), 0) != 0 || ::lseek(file_.get(), 0, SEEK_SET) != 0)
    throw SystemError(errno, "empty a temporary file");
  size_ = seen_room_at_ = 0;
  sum_ = Sha256();
}

void ArchiveIntake::add(std::string_view bytes) {
  if (bytes.size() > most_ - size_) refuse_as_large();
  if (size_ >= seen_room_at_) {
    require_room_for(file_.get());
    seen_room_at_ = size_ + kStride;
  }
  write_all(file_.get(), bytes);
  sum_.add(bytes);
  size_ += bytes.size();
}

void ArchiveIntake::refuse_as_large() const {
  throw PushError(concat("the archive is larger than ", exact_size(most_),
                         ", the limit\nremove large files, compress it better, or ",
                         how_to_raise("archive_size")));
}

void ArchiveIntake::refuse_as_slow() const {
  throw PushError(
      concat("the archive did not arrive within ", format_duration(longest_), ", ",
             format_size(size_), " of it did\nsend it over a faster connection, or ",
             how_to_raise("archive_time")),
      EX_TEMPFAIL);
}

ReceivedArchive ArchiveIntake::finish(std::string name, std::string version) {
  const std::string sum = sum_.hex();
  if (size_ == 0)
    throw PushError(concat("the archive is empty: nothing came from ", name), EX_DATAERR);
  return {.file = std::move(file_),
          .size = size_,
          .source = {.name = std::move(name),
                     .sha256 = sum,
                     .version = version.empty() ? sum : std::move(version)}};
}

}  // namespace hythe
