// SPDX-License-Identifier: Apache-2.0
#include "pipeline/unpack.h"

#include <strings.h>

#include <algorithm>
#include <climits>
#include <limits>
#include <string>
#include <string_view>

#include "lib/archive/tar_writer.h"
#include "lib/errors.h"
#include "lib/git/blob_stream.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/limits.h"

namespace hythe {
namespace {

/// Larger blobs are streamed, smaller ones read at once.
constexpr std::uint64_t kInMemory = 8U << 20U;

/// Each is fetched by itself; nobody has this many.
constexpr std::size_t kMaxSubmodules = 256;

/// Linux's limit for a symlink's target.
constexpr std::uint64_t kTargetLength = PATH_MAX - 1;

std::string quote(std::string_view path) {
  return concat('\'', printable(path), '\'');
}

/// What git fsck refuses as well; but not every source has passed it.
void refuse_bad_name(const TreeEntry& entry) {
  const std::string_view name = entry.name();
  if (name == "." || name == ".." || name.find('/') != name.npos ||
      (name.size() == 4 && ::strncasecmp(name.data(), ".git", 4) == 0))
    throw PushError(concat("the commit has a file or directory with the name ", quote(name),
                           ": ", quote(entry.path), "\nno git command makes one: remove it"));
  if (name.size() > NAME_MAX)
    throw PushError(concat("a file name is ", name.size(), " bytes long, the limit is ",
                           NAME_MAX, ": ", quote(entry.path), "\nrename it"));
}

/// The entries as they come, and what is wrong with all of them together.
class Survey {
 public:
  Survey(const GitRepository& repository, const SourceLimits& limits)
      : repository_(repository), limits_(limits) {}

  void add(TreeEntry entry) {
    refuse_bad_name(entry);
    if (entry.path.size() > limits_.path_length)
      throw PushError(concat("a path is ", entry.path.size(), " bytes long, the limit is ",
                             limits_.path_length, ": ", quote(entry.path), "\nshorten it, or ",
                             how_to_raise("path_length")));
    switch (entry.kind) {
      case TreeEntry::Kind::directory:
        count(directories_, "directories");
        return;
      case TreeEntry::Kind::submodule:
        if (submodules_.size() == kMaxSubmodules)
          throw PushError(concat("the source has more than ", kMaxSubmodules,
                                 " submodules\ncommit the files of some instead"));
        submodules_.push_back({entry.oid, entry.path});
        return;
      case TreeEntry::Kind::unknown:
        throw PushError(concat("the commit has something that is neither file, directory nor ",
                               "symbolic link: ", quote(entry.path), "\nremove it"));
      case TreeEntry::Kind::symlink:
        check_target(entry);
        break;
      case TreeEntry::Kind::file:
      case TreeEntry::Kind::executable:
        if (is_pointer(entry)) lfs_pointers_.add(entry.path);
        break;
    }
    count(files_, "files");
    bytes_ += std::min(entry.size, std::numeric_limits<std::uint64_t>::max() - bytes_);
    entries_.push_back(std::move(entry));
  }

  void refuse_as_a_whole() const {
    if (entries_.empty() && submodules_.empty())
      throw PushError("the commit is empty\nadd the app's files: git add -A && git commit");
    refuse_lfs_pointers(lfs_pointers_);
    refuse_larger_than(limits_.bytes, bytes_);
  }

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::vector<TreeEntry> take_entries() { return std::move(entries_); }
  [[nodiscard]] std::vector<Submodule> take_submodules() { return std::move(submodules_); }

 private:
  void count(std::size_t& counter, std::string_view what) {
    if (++counter <= limits_.files) return;
    throw PushError(concat("the source has more than ", limits_.files, ' ', what,
                           "\nremove what is generated or installed by the build, or ",
                           how_to_raise("source_files")));
  }

  void check_target(const TreeEntry& link) const {
    std::string_view problem;
    if (link.size == 0)
      problem = "is empty";
    else if (link.size > kTargetLength)
      problem = "is too long";
    else if (repository_.read_blob(link.oid).bytes().find('\0') != std::string_view::npos)
      problem = "has a NUL in it";
    if (!problem.empty())
      throw PushError(concat("the target of the symbolic link ", quote(link.path), ' ', problem,
                             "\nremove it"));
  }

  [[nodiscard]] bool is_pointer(const TreeEntry& file) const {
    return could_be_lfs_pointer(file.size) &&
           is_lfs_pointer(repository_.read_blob(file.oid).bytes());
  }

  const GitRepository& repository_;
  const SourceLimits& limits_;
  std::size_t files_ = 0;
  std::size_t directories_ = 0;
  std::uint64_t bytes_ = 0;
  Offenders lfs_pointers_;
  std::vector<TreeEntry> entries_;
  std::vector<Submodule> submodules_;
};

void expect_commit(const GitRepository& repository, const Oid& oid) {
  switch (repository.kind_of(oid)) {
    case ObjectKind::commit:
      return;
    case ObjectKind::missing:
      throw PushError(
          concat("commit ", oid.short_text(), " is not in the repository\npush it again"));
    case ObjectKind::tag:
      throw PushError(
          concat(oid.short_text(), " is an annotated tag, not a commit\n",
                 "push the commit that it names: git push hythe TAG^{commit}:main"));
    case ObjectKind::tree:
    case ObjectKind::blob:
      throw PushError(concat(oid.short_text(), " is not a commit\npush a commit"));
  }
}

TarMember::Kind member_kind(TreeEntry::Kind kind) {
  if (kind == TreeEntry::Kind::symlink) return TarMember::Kind::symlink;
  if (kind == TreeEntry::Kind::executable) return TarMember::Kind::executable;
  return TarMember::Kind::file;
}

void stream_blob(const GitRepository& repository, const Oid& oid, TarWriter& tar) {
  std::vector<char> buffer(256U << 10U);
  BlobStream blob(repository, oid);
  while (const std::size_t got = blob.read(buffer)) tar.write({buffer.data(), got});
}

}  // namespace

SourceTree unpack(GitRepository repository, const Oid& commit, const SourceLimits& limits) {
  expect_commit(repository, commit);
  Survey survey(repository, limits);
  TreeWalk walk = repository.walk(commit);
  while (auto entry = walk.next()) survey.add(*std::move(entry));
  survey.refuse_as_a_whole();
  const std::int64_t modified = repository.read_commit(commit).time;
  return {std::move(repository), modified, survey.bytes(), survey.take_entries(),
          survey.take_submodules()};
}

void SourceTree::write_tar(int fd, int cancel_fd) const {
  TarWriter tar(fd, cancel_fd);
  for (const TreeEntry& entry : entries_) {
    TarMember member{
        .kind = member_kind(entry.kind), .path = entry.path, .modified = modified_};
    if (entry.kind == TreeEntry::Kind::symlink) {
      member.target = repository_.read_blob(entry.oid).bytes();
      tar.begin(member);
      continue;
    }
    member.size = entry.size;
    tar.begin(member);
    if (entry.size > kInMemory)
      stream_blob(repository_, entry.oid, tar);
    else
      tar.write(repository_.read_blob(entry.oid).bytes());
  }
  tar.finish();
}

}  // namespace hythe
