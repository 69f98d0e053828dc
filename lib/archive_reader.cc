// SPDX-License-Identifier: Apache-2.0
#include "lib/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>

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

ArchiveReader::ArchiveReader(int fd, Form form) : tar_(archive_read_new()) {
  if (!tar_) throw std::bad_alloc();
  // These and no others: libarchive knows forty formats, and runs programs for some filters.
  for (const int code : {form == Form::tar ? archive_read_support_format_tar(tar_.get())
                                           : archive_read_support_format_raw(tar_.get()),
                         archive_read_support_filter_gzip(tar_.get()),
                         archive_read_support_filter_xz(tar_.get()),
                         archive_read_support_filter_zstd(tar_.get()),
                         archive_read_open_fd(tar_.get(), fd, kBlockSize)})
    if (code != ARCHIVE_OK) fail();
}

std::optional<ArchiveMember> ArchiveReader::next() {
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(tar_.get(), &entry);
  if (code == ARCHIVE_EOF) return std::nullopt;
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
  return member;
}

std::size_t ArchiveReader::read(std::span<char> buffer) {
  const la_ssize_t got = archive_read_data(tar_.get(), buffer.data(), buffer.size());
  if (got < 0) fail();
  return static_cast<std::size_t>(got);
}

void ArchiveReader::fail() const {
  const char* reason = archive_error_string(tar_.get());
  throw PushError(concat(
      "the archive cannot be read: ", printable(reason != nullptr ? reason : "no reason given"),
      "\nit must be a tar, plain or compressed with gzip, xz or zstd"));
}

}  // namespace hythe
