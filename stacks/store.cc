// SPDX-License-Identifier: Apache-2.0
#include "stacks/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/paths.h"
#include "core/stack_tree.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "model/build/installed_stack.h"
#include "stacks/tree.h"
#include "stacks/uses.h"

namespace hythe::stacks {
namespace {

constexpr std::string_view kNew = ".new-";
constexpr std::string_view kOld = ".old-";

/// Root's directory, or nothing is done in it.
UniqueFd open_stacks() {
  UniqueFd stacks = open_file(paths::kStacks, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  struct stat status = {};
  if (::fstat(stacks.get(), &status) != 0) throw SystemError(errno, "look at the stacks");
  if (status.st_uid != 0 || (status.st_mode & 022U) != 0)
    throw PushError(
        concat("'", paths::kStacks, "' must be a directory that only root can write"),
        EX_CONFIG);
  return stacks;
}

/// Given back when the descriptor is closed.
UniqueFd lock(int stacks) {
  UniqueFd held(
      ::openat(stacks, stack_tree::kLock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!held || ::flock(held.get(), LOCK_EX) != 0) throw SystemError(errno, "lock the stacks");
  return held;
}

std::vector<StackVersion> versions_of(const StackName& name) {
  std::vector<StackVersion> out;
  for (const InstalledStack& stack : InstalledStack::all())
    if (stack.version.name() == name) out.push_back(stack.version);
  return out;
}

std::uint32_t today() {
  const time_t now = ::time(nullptr);
  tm parts = {};
  ::gmtime_r(&now, &parts);
  return static_cast<std::uint32_t>((parts.tm_year + 1900) * 10000 + (parts.tm_mon + 1) * 100 +
                                    parts.tm_mday);
}

void rename(int stacks, const std::string& from, const std::string& to) {
  if (::renameat(stacks, from.c_str(), stacks, to.c_str()) != 0)
    throw SystemError(errno, "rename '", from, "'");
}

/// Under the lock: from here on nobody finds it.
void put_away(int stacks, const StackVersion& version) {
  rename(stacks, std::string(version.view()), concat(kOld, version.view(), '-', ::getpid()));
}

}  // namespace

StackVersion next_version(const StackName& name, std::uint32_t today,
                          const std::vector<StackVersion>& existing) {
  // Also when the clock went back: the newest is always the one that was made last.
  std::uint32_t date = today;
  std::uint32_t number = 1;
  for (const StackVersion& version : existing) {
    if (version.date() < date) continue;
    if (version.date() > date) number = 1;
    date = version.date();
    number = std::max(number, version.number() + 1);
  }
  const auto version = StackVersion::of(name, date, number);
  if (!version)
    throw PushError(concat("stack '", name.view(), "' has ", StackVersion::kMaxNumber,
                           " versions of one day"));
  return *version;
}

Scratch Scratch::make() {
  const UniqueFd stacks = open_stacks();
  const UniqueFd held = lock(stacks.get());
  for (unsigned i = 0;; ++i) {
    const std::string name = concat(kNew, ::getpid(), '-', i);
    if (::mkdirat(stacks.get(), name.c_str(), 0700) != 0) {
      if (errno == EEXIST) continue;
      throw SystemError(errno, "make a directory in '", paths::kStacks, "'");
    }
    UniqueFd made = open_beneath(stacks.get(), name, O_RDONLY | O_DIRECTORY);
    if (!made || ::flock(made.get(), LOCK_EX | LOCK_NB) != 0)
      throw SystemError(errno, "lock '", name, "'");
    return Scratch(name, std::move(made));
  }
}

Scratch::Scratch(Scratch&& other) noexcept
    : name_(std::exchange(other.name_, {})), held_(std::move(other.held_)) {}

Scratch::~Scratch() {
  if (name_.empty()) return;
  try {
    remove_tree(open_stacks().get(), name_);
  } catch (const std::exception&) {
    // The next one sweeps it up.
  }
}

std::string Scratch::path() const {
  return concat(paths::kStacks, '/', name_);
}

StackVersion Scratch::become_version_of(const StackName& name) {
  const UniqueFd stacks = open_stacks();
  struct stat parent = {};
  // The group that may read is the parent's: no account is looked up.
  if (::fstat(stacks.get(), &parent) != 0 || ::fchown(held_.get(), 0, parent.st_gid) != 0 ||
      ::fchmod(held_.get(), 0750) != 0)
    throw SystemError(errno, "give the stack to its readers");
  // Thousands of files, one call: all of it is there after a power cut, if its name is.
  if (::syncfs(held_.get()) != 0) throw SystemError(errno, "write the stack to disk");
  const UniqueFd held = lock(stacks.get());
  const StackVersion version = next_version(name, today(), versions_of(name));
  rename(stacks.get(), name_, std::string(version.view()));
  name_.clear();
  if (::fsync(stacks.get()) != 0) throw SystemError(errno, "write the stack to disk");
  return version;
}

void sweep() {
  const UniqueFd stacks = open_stacks();
  for (const std::string& name : names_in(stacks.get())) {
    if (name.starts_with(kNew)) {
      const UniqueFd left = open_beneath(stacks.get(), name, O_RDONLY | O_DIRECTORY);
      if (!left || ::flock(left.get(), LOCK_EX | LOCK_NB) != 0) continue;  // under way
      remove_tree(stacks.get(), name);
    } else if (name.starts_with(kOld)) {
      remove_tree(stacks.get(), name);
    }
  }
}

void collect(const StackName& name) {
  {
    const UniqueFd stacks = open_stacks();
    const UniqueFd held = lock(stacks.get());
    const auto uses = uses_of(name);
    const auto versions = versions_of(name);  // the newest first
    for (const StackVersion& version : versions)
      if (!(version == versions.front()) &&
          std::none_of(uses.begin(), uses.end(),
                       [&](const Use& use) { return use.version == version; }))
        put_away(stacks.get(), version);
  }
  sweep();
}

void remove_all(const StackName& name) {
  {
    const UniqueFd stacks = open_stacks();
    const UniqueFd held = lock(stacks.get());
    const auto versions = versions_of(name);
    if (versions.empty())
      throw PushError(concat("there is no stack '", name.view(), "'"), EX_NOINPUT);
    const auto uses = uses_of(name);
    if (!uses.empty())
      throw PushError(concat("stack '", name.view(), "' is used by ", describe(uses)));
    for (const StackVersion& version : versions) put_away(stacks.get(), version);
  }
  sweep();
}

}  // namespace hythe::stacks
