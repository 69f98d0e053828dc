// SPDX-License-Identifier: Apache-2.0
#include "lib/archive/tar_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/process/cancelled.h"

namespace hythe {
namespace {

constexpr int kBlockSize = 64 << 10;  // what a pipe takes at once

unsigned type_of(TarMember::Kind kind) {
  switch (kind) {
    case TarMember::Kind::file:
    case TarMember::Kind::executable:
      return AE_IFREG;
    case TarMember::Kind::symlink:
      return AE_IFLNK;
    case TarMember::Kind::directory:
      return AE_IFDIR;
  }
  std::abort();
}

unsigned permissions_of(TarMember::Kind kind) {
  switch (kind) {
    case TarMember::Kind::file:
      return 0644;
    case TarMember::Kind::executable:
    case TarMember::Kind::directory:
      return 0755;
    case TarMember::Kind::symlink:
      return 0777;
  }
  std::abort();
}

}  // namespace

void TarWriter::Release::operator()(archive* tar) const noexcept {
  archive_write_free(tar);
}
void TarWriter::Release::operator()(archive_entry* entry) const noexcept {
  archive_entry_free(entry);
}

TarWriter::TarWriter(int fd, int cancel_fd)
    : fd_(fd), cancel_fd_(cancel_fd), entry_(archive_entry_new()), tar_(archive_write_new()) {
  if (!entry_ || !tar_) throw std::bad_alloc();
  set_nonblocking(fd);
  check(archive_write_set_format_gnutar(tar_.get()));
  check(archive_write_set_bytes_per_block(tar_.get(), kBlockSize));
  check(archive_write_set_bytes_in_last_block(tar_.get(), 1));
  check(archive_write_open(tar_.get(), this, nullptr, take_block, nullptr));
}

TarWriter::~TarWriter() {
  // libarchive completes an archive before it goes, as if all had been said.
  fd_ = kNowhere;
}

void TarWriter::begin(const TarMember& member) {
  expect_complete();
  archive_entry* entry = archive_entry_clear(entry_.get());
  archive_entry_copy_pathname(entry, member.path.c_str());
  archive_entry_set_filetype(entry, type_of(member.kind));
  archive_entry_set_perm(entry, permissions_of(member.kind));
  archive_entry_set_mtime(entry, std::max<std::int64_t>(member.modified, 0), 0);
  archive_entry_set_size(entry, static_cast<la_int64_t>(member.size));
  if (member.kind == TarMember::Kind::symlink)
    archive_entry_copy_symlink(entry, member.target.c_str());
  path_ = member.path;
  check(archive_write_header(tar_.get(), entry));
  left_ = member.size;
}

void TarWriter::write(std::string_view bytes) {
  if (bytes.size() > left_)
    throw SystemError(EOVERFLOW, "write '", printable(path_), "': it is larger than announced");
  left_ -= bytes.size();
  while (!bytes.empty()) {
    const la_ssize_t written = archive_write_data(tar_.get(), bytes.data(), bytes.size());
    check(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void TarWriter::finish() {
  expect_complete();
  check(archive_write_close(tar_.get()));
}

/// libarchive would fill up a member that is too short with zeros.
void TarWriter::expect_complete() const {
  if (left_ != 0)
    throw SystemError(EPROTO, "write '", printable(path_), "': it is ", left_,
                      " bytes shorter than announced");
}

void TarWriter::check(std::intptr_t code) {
  if (failure_) std::rethrow_exception(failure_);
  // A warning is a member that would not be what was asked for.
  if (code >= ARCHIVE_OK) return;
  const int number = archive_errno(tar_.get());
  const char* reason = archive_error_string(tar_.get());
  throw SystemError(number > 0 ? number : EIO, "write '", printable(path_), "' to a tar (",
                    reason != nullptr ? reason : "no reason given", ")");
}

std::intptr_t TarWriter::take_block(archive*, void* self, const void* block, std::size_t size) {
  auto* writer = static_cast<TarWriter*>(self);
  try {
    if (writer->fd_ != kNowhere) writer->send({static_cast<const char*>(block), size});
  } catch (...) {
    writer->failure_ = std::current_exception();
    writer->fd_ = kNowhere;
  }
  // Always success: libarchive 3.6 does not free the block of a writer that failed. check()
  // has the last word.
  return static_cast<std::intptr_t>(size);
}

void TarWriter::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    pollfd fds[] = {{.fd = fd_, .events = POLLOUT, .revents = 0},
                    {.fd = cancel_fd_, .events = POLLIN, .revents = 0}};
    if (::poll(fds, 2, -1) < 0) {
      if (errno == EINTR) continue;
      throw SystemError(errno, "wait for the reader of a tar");
    }
    if (fds[1].revents != 0) throw Cancelled();
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (written < 0) throw SystemError(errno, "write a tar");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace hythe
