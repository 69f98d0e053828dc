// SPDX-License-Identifier: Apache-2.0
#include "pipeline/archive_survey.h"

#include <algorithm>
#include <climits>
#include <map>

#include "lib/archive/archive_reader.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "pipeline/source.h"

namespace hythe {
namespace {

/// Of all paths and targets together, which are kept in memory.
constexpr std::size_t kMaxText = 64U << 20U;

/// Headers and padding, generously: what a tar has beside the bytes of its files.
constexpr std::uint64_t kPerEntry = 8192;
constexpr std::uint64_t kOverhead = 64U << 20U;

/// What is in a directory comes right behind it.
struct InTreeOrder {
  bool operator()(const std::string& a, const std::string& b) const {
    const auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c) + 1; };
    const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (left == a.end() || right == b.end()) return right != b.end();
    return rank(*left) < rank(*right);
  }
};
using Tree = std::map<std::string, ArchiveEntry, InTreeOrder>;

bool is_below(std::string_view path, std::string_view directory) {
  return path.size() > directory.size() && path.starts_with(directory) &&
         path[directory.size()] == '/';
}

std::string_view first_part(std::string_view path) {
  return path.substr(0, path.find('/'));
}

/// Not of the app, and of no use to it: a working copy's history, and what the Finder adds.
bool is_left_out(std::string_view path) {
  constexpr std::string_view kGit = ".git";
  if (first_part(path) == "__MACOSX") return true;
  for (auto at = path.find(kGit); at != std::string_view::npos; at = path.find(kGit, at + 1)) {
    const auto end = at + kGit.size();
    if ((at == 0 || path[at - 1] == '/') && (end == path.size() || path[end] == '/'))
      return true;
  }
  return false;
}

/// How many directories `path` has that the one before it in the tree does not have.
std::size_t new_directories(std::string_view path, std::string_view before) {
  std::size_t count = 0;
  for (auto slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1))
    count += !is_below(before, path.substr(0, slash)) && before != path.substr(0, slash);
  return count;
}

class Survey {
 public:
  Survey(int bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {}

  void add(const ArchiveMember& member, ArchiveReader& archive) {
    if (++entries_ > limits_.archive_entries)
      throw PushError(
          concat("the archive has more than ", limits_.archive_entries,
                 " entries\nremove what is generated or installed by the build, or ",
                 how_to_raise("archive_entries")));
    // A member may be long without being a file of ours: nothing else counts that.
    if (archive.bytes_read() > limits_.source_size + kOverhead + entries_ * kPerEntry)
      refuse_size();
    const std::string path = archive_path(member.path, limits_);
    if (path.empty() || is_left_out(path)) return;
    if (member.is_encrypted)
      refuse_archive(path, "is encrypted\nmake the archive without a password");
    count_text(path.size() + member.target.size());
    take(path, make(path, member, archive));
  }

  [[nodiscard]] ArchiveContents finish() {
    ArchiveContents contents;
    contents.top = top();
    std::size_t files = 0;
    std::size_t directories = 0;
    std::string_view before;
    for (auto& [path, entry] : tree_) {
      if (entry.kind == TarMember::Kind::directory)
        ++directories;
      else
        ++files;
      directories += new_directories(path, before);
      const auto next = tree_.upper_bound(path);
      if (entry.kind != TarMember::Kind::directory && next != tree_.end() &&
          is_below(next->first, path))
        refuse_archive(
            next->first,
            concat("goes through '", printable(path), "', which is ",
                   entry.kind == TarMember::Kind::symlink ? "a symbolic link" : "a file",
                   "\nmake the archive of a folder as it is"));
      before = path;
    }
    refuse_more_than(limits_.source_files, files, "files");
    refuse_more_than(limits_.source_files, directories, "directories");
    if (files == 0) throw PushError("the archive has no files in it\nadd the app's files");
    refuse_lfs_pointers(pointers_);
    for (auto& [path, entry] : tree_) {
      if (!contents.top.empty() && path == contents.top) continue;
      entry.path = contents.top.empty() ? path : path.substr(contents.top.size() + 1);
      contents.entries.push_back(std::move(entry));
    }
    return contents;
  }

 private:
  [[nodiscard]] ArchiveEntry make(const std::string& path, const ArchiveMember& member,
                                  ArchiveReader& archive) {
    ArchiveEntry entry{.modified = member.modified};
    switch (member.kind) {
      case ArchiveMember::Kind::directory:
        entry.kind = TarMember::Kind::directory;
        return entry;
      case ArchiveMember::Kind::symlink:
        if (member.target.empty() || member.target.size() >= PATH_MAX)
          refuse_archive(path, "is a symbolic link without a proper target\nremove it");
        entry.kind = TarMember::Kind::symlink;
        entry.target = member.target;
        return entry;
      case ArchiveMember::Kind::hard_link:
        return linked(path, member);
      case ArchiveMember::Kind::file:
        if ((member.mode & 0100U) != 0) entry.kind = TarMember::Kind::executable;
        store(path, entry, member, archive);
        return entry;
      case ArchiveMember::Kind::other:
        break;
    }
    refuse_archive(path, "is a device, a pipe or a socket\nleave it out");
  }

  void store(const std::string& path, ArchiveEntry& entry, const ArchiveMember& member,
             ArchiveReader& archive) {
    if (member.size > limits_.source_size - total_) refuse_size();
    entry.offset = stored_;
    char buffer[65536];
    std::string beginning;
    while (const std::size_t got = archive.read(buffer)) {
      // Counted as it comes: what was announced may be a lie.
      if (got > limits_.source_size - total_) refuse_size();
      if (beginning.empty()) beginning.assign(buffer, std::min<std::size_t>(got, 1024));
      write_all(bytes_, {buffer, got});
      stored_ += got;
      total_ += got;
      entry.size += got;
    }
    if (could_be_lfs_pointer(entry.size) && is_lfs_pointer(beginning)) pointers_.add(path);
  }

  [[nodiscard]] ArchiveEntry linked(const std::string& path, const ArchiveMember& member) {
    const std::string target = archive_path(member.target, limits_);
    const auto found = tree_.find(target);
    if (found == tree_.end() || found->second.kind == TarMember::Kind::directory)
      refuse_archive(path, concat("is a hard link to '", printable(target),
                                  "', which is no file before it in the archive"));
    // It is one more file with these bytes.
    if (found->second.size > limits_.source_size - total_) refuse_size();
    total_ += found->second.size;
    return found->second;
  }

  void take(const std::string& path, ArchiveEntry entry) {
    tree_.insert_or_assign(path, std::move(entry));
  }

  void count_text(std::size_t length) {
    text_ += length;
    if (text_ > kMaxText)
      throw PushError(concat("the names in the archive are more than ", format_size(kMaxText),
                             " together\nremove what is generated by the build"));
  }

  /// The folder that everything lies in, if there is one.
  [[nodiscard]] std::string top() const {
    if (tree_.empty()) return {};
    const std::string folder(first_part(tree_.begin()->first));
    const auto is_in = [&folder](const Tree::value_type& entry) {
      return is_below(entry.first, folder) ||
             (entry.first == folder && entry.second.kind == TarMember::Kind::directory);
    };
    return std::all_of(tree_.begin(), tree_.end(), is_in) ? folder : "";
  }

  void refuse_more_than(std::uint64_t limit, std::size_t count, const char* what) const {
    if (count > limit)
      throw PushError(concat("the source has more than ", limit, ' ', what,
                             "\nremove what is generated or installed by the build, or ",
                             how_to_raise("source_files")));
  }

  [[noreturn]] void refuse_size() const {
    throw PushError(
        concat("the files in the archive are more than ", exact_size(limits_.source_size),
               " together, the limit\nremove large files, or ", how_to_raise("source_size")));
  }

  int bytes_;
  const Limits& limits_;
  std::uint64_t entries_ = 0;
  std::uint64_t stored_ = 0;  // bytes that were written
  std::uint64_t total_ = 0;   // and of all files together
  std::size_t text_ = 0;
  Offenders pointers_;
  Tree tree_;
};

}  // namespace

ArchiveContents survey_archive(int archive, int bytes, const Limits& limits) {
  Survey survey(bytes, limits);
  ArchiveReader reader(archive, ArchiveReader::Form::source);
  while (const auto member = reader.next()) survey.add(*member, reader);
  return survey.finish();
}

}  // namespace hythe
