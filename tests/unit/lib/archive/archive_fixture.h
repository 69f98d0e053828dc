// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Archives as an attacker would write them.
namespace hythe::test {

struct Member {
  std::string path;
  unsigned type = AE_IFREG;
  std::string text{};    // of a file
  std::string target{};  // of a symlink
  std::string hard{};    // of a hard link
  unsigned mode = 0644;
  std::string xattr{};  // a name
};

/// Of a tar or a zip.
using Format = int (*)(archive*);
/// gzip, xz, …
using Filter = int (*)(archive*);

inline void write_archive(const std::string& path, const std::vector<Member>& members,
                          Format format = archive_write_set_format_pax_restricted,
                          Filter filter = archive_write_add_filter_none) {
  archive* out = archive_write_new();
  format(out);
  filter(out);
  ASSERT_EQ(archive_write_open_filename(out, path.c_str()), ARCHIVE_OK);
  for (const Member& member : members) {
    archive_entry* header = archive_entry_new();
    archive_entry_copy_pathname(header, member.path.c_str());
    archive_entry_set_filetype(header, member.type);
    archive_entry_set_perm(header, member.mode);
    archive_entry_set_size(header, static_cast<la_int64_t>(member.text.size()));
    archive_entry_set_mtime(header, 1'700'000'000, 0);
    if (!member.target.empty()) archive_entry_copy_symlink(header, member.target.c_str());
    if (!member.hard.empty()) archive_entry_copy_hardlink(header, member.hard.c_str());
    if (!member.xattr.empty())
      archive_entry_xattr_add_entry(header, member.xattr.c_str(), "y", 1);
    // It warns of names that are not UTF-8, and writes them.
    EXPECT_GE(archive_write_header(out, header), ARCHIVE_WARN) << archive_error_string(out);
    if (!member.text.empty()) archive_write_data(out, member.text.data(), member.text.size());
    archive_entry_free(header);
  }
  archive_write_free(out);
}

}  // namespace hythe::test
