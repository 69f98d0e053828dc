// SPDX-License-Identifier: Apache-2.0
#include "lib/archive/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <new>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr std::size_t kBlockSize = 64U << 10U;

ArchiveMember::Kind kind_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) return ArchiveMember::Kind::hard_link;
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
      return ArchiveMember::Kind::file;
    case AE_IFDIR:
      return ArchiveMember::Kind::directory;
    case AE_IFLNK:
      return ArchiveMember::Kind::symlink;
    default:
      return ArchiveMember::Kind::other;
  }
}

/// A name is in the archive's own bytes or, in a pax header, in UTF-8. Either may be what no
/// locale can express.
std::string text_of(archive_entry* entry, const char* (*bytes)(archive_entry*),
                    const char* (*utf8)(archive_entry*)) {
  const char* text = bytes(entry);
  if (text == nullptr) text = utf8(entry);
  if (text == nullptr) throw PushError("the archive has a name that cannot be read");
  return text;
}

}  // namespace

void ArchiveReader::Release::operator()(archive* tar) const noexcept {
  archive_read_free(tar);
}

ArchiveReader::ArchiveReader(int fd, Form form) : form_(form), tar_(archive_read_new()) {
  archive* const in = tar_.get();
  if (in == nullptr) throw std::bad_alloc();
  // These and no others: libarchive knows forty formats, and runs programs for some filters.
  const auto require = [this](int code) {
    if (code != ARCHIVE_OK) fail();
  };
  require(form == Form::bytes ? archive_read_support_format_raw(in)
                              : archive_read_support_format_tar(in));
  require(archive_read_support_filter_gzip(in));
  require(archive_read_support_filter_xz(in));
  require(archive_read_support_filter_zstd(in));
  if (form == Form::source) {
    require(archive_read_support_filter_bzip2(in));
    // By its directory, which is at the end: so it is seen when that is missing.
    require(archive_read_support_format_zip_seekable(in));
  }
  require(archive_read_open_fd(in, fd, kBlockSize));
}

std::optional<ArchiveMember> ArchiveReader::next() {
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(tar_.get(), &entry);
  if (code == ARCHIVE_EOF) {
    if (form_ == Form::source && !is_zip()) require_end_mark();
    return std::nullopt;
  }
  // A warning is about an attribute that nobody here looks at.
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN) fail();
  ArchiveMember member{
      .kind = kind_of(entry),
      .path = text_of(entry, archive_entry_pathname, archive_entry_pathname_utf8)};
  if (member.kind == ArchiveMember::Kind::symlink)
    member.target = text_of(entry, archive_entry_symlink, archive_entry_symlink_utf8);
  if (member.kind == ArchiveMember::Kind::hard_link)
    member.target = text_of(entry, archive_entry_hardlink, archive_entry_hardlink_utf8);
  if (const auto size = archive_entry_size(entry); size > 0)
    member.size = static_cast<std::uint64_t>(size);
  member.mode = archive_entry_perm(entry);
  member.modified = archive_entry_mtime(entry);
  member.is_encrypted = archive_entry_is_encrypted(entry) != 0;
  return member;
}

std::size_t ArchiveReader::read(std::span<char> buffer) {
  const la_ssize_t got = archive_read_data(tar_.get(), buffer.data(), buffer.size());
  if (got < 0) fail();
  return static_cast<std::size_t>(got);
}

bool ArchiveReader::is_zip() const {
  return (archive_format(tar_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}

std::uint64_t ArchiveReader::bytes_read() const {
  return static_cast<std::uint64_t>(
      std::max<la_int64_t>(archive_filter_bytes(tar_.get(), 0), 0));
}

/// A tar that was cut off between two members looks as if there were no more. libarchive has
/// nothing to say of that; but at the mark it has read a header more.
void ArchiveReader::require_end_mark() const {
  if (archive_filter_bytes(tar_.get(), 0) <= archive_read_header_position(tar_.get()))
    throw PushError("the archive has no end: it was cut off\nmake or send it again");
}

void ArchiveReader::fail() const {
  const char* reason = archive_error_string(tar_.get());
  throw PushError(concat(
      "the archive cannot be read: ", printable(reason != nullptr ? reason : "no reason given"),
      form_ == Form::source
          ? "\nit must be a tar, plain or compressed with gzip, bzip2, xz or zstd, or a zip"
          : "\nit must be a tar, plain or compressed with gzip, xz or zstd"));
}

}  // namespace hythe
