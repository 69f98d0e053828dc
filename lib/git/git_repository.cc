// SPDX-License-Identifier: Apache-2.0
#include "lib/git/git_repository.h"

#include <git2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

int errno_of(int code) {
  switch (code) {
    case GIT_ENOTFOUND:
      return ENOENT;
    case GIT_EAMBIGUOUS:
    case GIT_EINVALIDSPEC:
      return EINVAL;
    case GIT_EOWNER:
      return EPERM;
    default:
      return EIO;
  }
}

/// The one place where libgit2's codes and its thread's last message become an exception.
template <class... Parts>
void check(int code, const Parts&... doing) {
  if (code >= 0) return;
  const git_error* last = git_error_last();
  const std::string reason = last != nullptr && last->message != nullptr
                                 ? printable(last->message)
                                 : "no reason given";
  throw SystemError(errno_of(code), doing..., " (libgit2: ", reason, ")");
}

/// libgit2, from the first use until the process ends.
class Library {
 public:
  static void require() { static const Library library; }

 private:
  Library() {
    check(git_libgit2_init(), "start libgit2");
    // The user's and the system's configuration are no business of ours, and HOME may point
    // anywhere.
    for (const int level :
         {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL})
      check(git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, ""), "set up libgit2");
    // Objects were hashed when they came in. Like git, trust zlib's checksum afterwards: a
    // second SHA-1 of everything is a third of the time that reading a source takes.
    check(git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0), "set up libgit2");
  }
  ~Library() { git_libgit2_shutdown(); }
};

git_oid to_git(const Oid& oid) {
  git_oid out;
  std::memcpy(out.id, oid.bytes().data(), Oid::kSize);
  return out;
}

Oid from_git(const git_oid& oid) {
  Oid::Bytes bytes;
  std::memcpy(bytes.data(), oid.id, Oid::kSize);
  return Oid(bytes);
}

struct CommitRelease {
  void operator()(git_commit* commit) const noexcept { git_commit_free(commit); }
};
using CommitOwner = std::unique_ptr<git_commit, CommitRelease>;

CommitOwner look_up_commit(git_repository* repository, const Oid& oid) {
  const git_oid id = to_git(oid);
  git_commit* commit = nullptr;
  check(git_commit_lookup(&commit, repository, &id), "read commit ", oid.text());
  return CommitOwner(commit);
}

GitOwner<git_tree> look_up_tree(git_repository* repository, const Oid& oid) {
  const git_oid id = to_git(oid);
  git_tree* tree = nullptr;
  check(git_tree_lookup(&tree, repository, &id), "read tree ", oid.text());
  return GitOwner<git_tree>(tree);
}

/// From the mode as it is in the tree: libgit2 would make a plain file of every oddity. Of
/// the permissions only the owner's x counts, so no setuid bit is ever seen.
TreeEntry::Kind kind_of_mode(unsigned mode) {
  switch (mode & 0170000U) {
    case 0100000U:
      return (mode & 0100U) != 0 ? TreeEntry::Kind::executable : TreeEntry::Kind::file;
    case 0120000U:
      return TreeEntry::Kind::symlink;
    case 0040000U:
      return TreeEntry::Kind::directory;
    case 0160000U:
      return TreeEntry::Kind::submodule;
    default:
      return TreeEntry::Kind::unknown;
  }
}

bool has_content(TreeEntry::Kind kind) {
  return kind == TreeEntry::Kind::file || kind == TreeEntry::Kind::executable ||
         kind == TreeEntry::Kind::symlink;
}

}  // namespace

void GitRelease::operator()(git_odb* odb) const noexcept {
  git_odb_free(odb);
}
void GitRelease::operator()(git_odb_object* object) const noexcept {
  git_odb_object_free(object);
}
void GitRelease::operator()(git_repository* repository) const noexcept {
  git_repository_free(repository);
}
void GitRelease::operator()(git_revwalk* walk) const noexcept {
  git_revwalk_free(walk);
}
void GitRelease::operator()(git_tree* tree) const noexcept {
  git_tree_free(tree);
}

std::string_view Blob::bytes() const {
  return {static_cast<const char*>(git_odb_object_data(object_.get())),
          git_odb_object_size(object_.get())};
}

void TreeWalk::enter(GitOwner<git_tree> tree, std::string prefix) {
  std::vector<std::string_view> names(git_tree_entrycount(tree.get()));
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = git_tree_entry_name(git_tree_entry_byindex(tree.get(), i));
  // In git's order a file and a directory of one name need not be neighbours.
  std::sort(names.begin(), names.end());
  const auto twin = std::adjacent_find(names.begin(), names.end());
  if (twin != names.end())
    throw PushError(concat("the commit has '", printable(concat(prefix, *twin)),
                           "' twice in one directory\nfind out what made it: git fsck"));
  levels_.push_back({.tree = std::move(tree), .prefix = std::move(prefix)});
}

std::optional<TreeEntry> TreeWalk::next() {
  if (to_enter_) {
    enter(look_up_tree(repository_, to_enter_->oid), to_enter_->path + '/');
    to_enter_.reset();
  }
  while (!levels_.empty() &&
         levels_.back().next == git_tree_entrycount(levels_.back().tree.get()))
    levels_.pop_back();
  if (levels_.empty()) return std::nullopt;

  Level& level = levels_.back();
  const git_tree_entry* raw = git_tree_entry_byindex(level.tree.get(), level.next++);
  TreeEntry entry{.path = level.prefix + git_tree_entry_name(raw),
                  .name_at = level.prefix.size(),
                  .oid = from_git(*git_tree_entry_id(raw)),
                  .kind = kind_of_mode(git_tree_entry_filemode_raw(raw))};
  if (entry.kind == TreeEntry::Kind::directory) to_enter_ = entry;
  if (has_content(entry.kind)) {
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    check(git_odb_read_header(&size, &type, odb_, git_tree_entry_id(raw)), "read '",
          printable(entry.path), "'");
    if (type != GIT_OBJECT_BLOB)
      throw SystemError(EINVAL, "read '", printable(entry.path), "': it is not a blob");
    entry.size = size;
  }
  return entry;
}

GitRepository GitRepository::open(const std::string& path, const std::string& quarantine) {
  Library::require();
  GitRepository out(path, quarantine);
  // libgit2 1.5 says "not found" or nothing at all about a repository of somebody else's.
  struct stat status;
  if (::stat(path.c_str(), &status) != 0)
    throw SystemError(errno, "open repository '", path, "'");
  if (status.st_uid != ::geteuid())
    throw SystemError(EPERM, "open repository '", path, "' of another user");

  git_repository* repository = nullptr;
  check(git_repository_open_ext(&repository, path.c_str(),
                                GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE,
                                nullptr),
        "open repository '", path, "'");
  out.repository_.reset(repository);
  git_odb* odb = nullptr;
  check(git_repository_odb(&odb, repository), "open the objects of '", path, "'");
  out.odb_.reset(odb);
  if (!quarantine.empty())
    check(git_odb_add_disk_alternate(odb, quarantine.c_str()), "open the objects in '",
          quarantine, "'");
  return out;
}

void GitRepository::create(const std::string& path) {
  Library::require();
  git_repository_init_options options;
  check(git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION),
        "set up libgit2");
  options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH;
  options.initial_head = "main";
  git_repository* repository = nullptr;
  check(git_repository_init_ext(&repository, path.c_str(), &options), "create repository '",
        path, "'");
  const GitOwner<git_repository> owner(repository);
}

std::optional<Oid> GitRepository::read_ref(const std::string& name) const {
  git_oid oid;
  const int code = git_reference_name_to_id(&oid, repository_.get(), name.c_str());
  if (code == GIT_ENOTFOUND) return std::nullopt;
  check(code, "read ref '", printable(name), "' of '", path_, "'");
  return from_git(oid);
}

ObjectKind GitRepository::kind_of(const Oid& oid) const {
  const git_oid id = to_git(oid);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  const int code = git_odb_read_header(&size, &type, odb_.get(), &id);
  if (code == GIT_ENOTFOUND) return ObjectKind::missing;
  check(code, "read object ", oid.text());
  if (type == GIT_OBJECT_COMMIT) return ObjectKind::commit;
  if (type == GIT_OBJECT_TREE) return ObjectKind::tree;
  if (type == GIT_OBJECT_BLOB) return ObjectKind::blob;
  if (type == GIT_OBJECT_TAG) return ObjectKind::tag;
  throw SystemError(EINVAL, "read object ", oid.text(), " of an unknown kind");
}

Commit GitRepository::read_commit(const Oid& oid) const {
  const CommitOwner commit = look_up_commit(repository_.get(), oid);
  const char* summary = git_commit_summary(commit.get());
  const git_signature* author = git_commit_author(commit.get());
  return {.oid = oid,
          .summary = summary != nullptr ? summary : "",
          .author = author != nullptr ? author->name : "",
          .time = git_commit_time(commit.get())};
}

std::optional<Commits> GitRepository::between(const Oid& from, const Oid& to,
                                              std::size_t most) const {
  git_revwalk* raw = nullptr;
  check(git_revwalk_new(&raw, repository_.get()), "walk the commits of '", path_, "'");
  const GitOwner<git_revwalk> walk(raw);
  const git_oid hidden = to_git(from);
  const git_oid first = to_git(to);
  if (git_revwalk_push(raw, &first) != 0 || git_revwalk_hide(raw, &hidden) != 0)
    return std::nullopt;
  Commits commits;
  int code = 0;
  for (git_oid oid; (code = git_revwalk_next(&oid, raw)) == 0; ++commits.count)
    if (commits.newest.size() < most) commits.newest.push_back(read_commit(from_git(oid)));
  if (code != GIT_ITEROVER) return std::nullopt;
  return commits;
}

TreeWalk GitRepository::walk(const Oid& commit) const {
  git_tree* root = nullptr;
  check(git_commit_tree(&root, look_up_commit(repository_.get(), commit).get()),
        "read the tree of commit ", commit.text());
  TreeWalk walk(repository_.get(), odb_.get());
  walk.enter(GitOwner<git_tree>(root), {});
  return walk;
}

Blob GitRepository::read_blob(const Oid& oid) const {
  const git_oid id = to_git(oid);
  git_odb_object* object = nullptr;
  check(git_odb_read(&object, odb_.get(), &id), "read blob ", oid.text());
  return Blob(GitOwner<git_odb_object>(object));
}

}  // namespace hythe
