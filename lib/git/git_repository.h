// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/git/oid.h"

struct git_odb;
struct git_odb_object;
struct git_repository;
struct git_revwalk;
struct git_tree;

namespace hythe {

/// Gives libgit2's objects back to it.
struct GitRelease {
  void operator()(git_odb* odb) const noexcept;
  void operator()(git_odb_object* object) const noexcept;
  void operator()(git_repository* repository) const noexcept;
  void operator()(git_revwalk* walk) const noexcept;
  void operator()(git_tree* tree) const noexcept;
};
template <class T>
using GitOwner = std::unique_ptr<T, GitRelease>;

enum class ObjectKind { missing, commit, tree, blob, tag };

/// What is worth telling of a commit. The texts are whatever bytes the committer chose.
struct Commit {
  Oid oid;
  std::string summary;  // the first paragraph of its message, in one line
  std::string author;
  std::int64_t time = 0;  // the committer's, in seconds since 1970
};

/// The commits that are reached from one and not from another, the newest first.
struct Commits {
  std::vector<Commit> newest{};  // as many as were asked for
  std::size_t count = 0;
};

/// One entry of a commit's tree.
struct TreeEntry {
  enum class Kind { file, executable, symlink, directory, submodule, unknown };

  std::string path;         // from the root of the tree; raw bytes
  std::size_t name_at = 0;  // where in it the entry's own name begins, whatever that holds
  Oid oid;
  std::uint64_t size = 0;  // of a file or of a link's target
  Kind kind = Kind::unknown;

  [[nodiscard]] std::string_view name() const { return std::string_view(path).substr(name_at); }
};

/// The bytes of one blob, as committed.
class Blob {
 public:
  explicit Blob(GitOwner<git_odb_object> object) : object_(std::move(object)) {}
  [[nodiscard]] std::string_view bytes() const;

 private:
  GitOwner<git_odb_object> object_;
};

/// A walk over all entries of a commit's tree, each directory before what is in it. It reads
/// a directory only when asked for the entry after it, so a caller with limits can stop in
/// time: a few small objects can describe a tree of billions of files. Throws PushError when
/// a directory has a name twice. Must not outlive its repository.
class TreeWalk {
 public:
  [[nodiscard]] std::optional<TreeEntry> next();
  /// Nothing in the directory that was the last entry is wanted.
  void skip_directory() { to_enter_.reset(); }

 private:
  friend class GitRepository;
  struct Level {
    GitOwner<git_tree> tree;
    std::string prefix{};  // "" or the directory's path and '/'
    std::size_t next = 0;
  };

  explicit TreeWalk(git_repository* repository, git_odb* odb)
      : repository_(repository), odb_(odb) {}
  void enter(GitOwner<git_tree> tree, std::string prefix);

  git_repository* repository_;
  git_odb* odb_;
  std::vector<Level> levels_{};
  std::optional<TreeEntry> to_enter_{};
};

/// A bare repository of ours, for reading. It never writes a ref or an object, never runs a
/// filter or a hook, and looks at no configuration but the repository's own. Whatever fails
/// is a SystemError with libgit2's reason in it. One object serves one thread at a time.
class GitRepository {
 public:
  /// Refuses a repository that belongs to another user. `quarantine` is the objects
  /// directory in which receive-pack keeps a push until its hook has accepted it
  /// ($GIT_OBJECT_DIRECTORY), or empty.
  [[nodiscard]] static GitRepository open(const std::string& path,
                                          const std::string& quarantine = {});

  /// Makes an empty bare one whose branch will be `main`; one that is there stays as it is.
  static void create(const std::string& path);

  /// What a ref points to now, through symbolic refs; nullopt when there is no such ref.
  [[nodiscard]] std::optional<Oid> read_ref(const std::string& name) const;
  /// An annotated tag is a tag here, not the commit that it names.
  [[nodiscard]] ObjectKind kind_of(const Oid& oid) const;
  [[nodiscard]] Commit read_commit(const Oid& oid) const;
  /// nullopt when not all of them are there: of a shallow push, or no longer in the repository.
  [[nodiscard]] std::optional<Commits> between(const Oid& from, const Oid& to,
                                               std::size_t most) const;
  [[nodiscard]] TreeWalk walk(const Oid& commit) const;
  /// Holds the whole blob in memory: see BlobStream.
  [[nodiscard]] Blob read_blob(const Oid& oid) const;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] const std::string& quarantine() const noexcept { return quarantine_; }

 private:
  GitRepository(std::string path, std::string quarantine)
      : path_(std::move(path)), quarantine_(std::move(quarantine)) {}

  std::string path_;
  std::string quarantine_;
  GitOwner<git_repository> repository_{};
  GitOwner<git_odb> odb_{};
};

}  // namespace hythe
