// SPDX-License-Identifier: Apache-2.0
#include "lib/migration.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <vector>

#include "core/paths.h"
#include "lib/atomic_file.h"
#include "lib/child.h"
#include "lib/clock.h"
#include "lib/complaint.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file_lock.h"
#include "lib/forked_child.h"
#include "lib/state.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

/// What the steps may change. Trees, repositories and logs are not: they would make a backup
/// as large as the disk.
constexpr const char* kBackedUp[] = {"version", "apps",       "keys",  "queue",
                                     "forges",  "deliveries", "slots", "routes"};

std::string version_file(const std::string& state) {
  return state + "/version";
}

/// Names the backup, from when it is whole until the version was raised.
std::string mark_file(const std::string& state) {
  return state + "/migration";
}

unsigned version_of(const std::string& state) {
  std::string text;
  try {
    text = read_file(version_file(state), 16);
  } catch (const SystemError& error) {
    if (error.code() == ENOENT) return 1;
    throw;
  }
  if (const auto version = parse_state_version(text)) return *version;
  refuse_state(StateAge::unreadable);
}

void write_version(const std::string& state, unsigned version) {
  // Everybody's to read from the moment it has its name: other programs look at it meanwhile.
  const std::string path = version_file(state) + ".new";
  replace_file(path, concat(version, '\n'), Durability::survives_power_cut);
  require_done(::chmod(path.c_str(), 0644) == 0, "let everybody read the version of the state");
  rename_file(path, version_file(state));
}

/// tar follows no symbolic link, whatever user hythe has put there, and nobody but root can
/// read what comes of it.
void archive(const std::string& state, const std::string& path) {
  std::vector<std::string> argv = {paths::kTar,       "--create",    "--file", path,
                                   "--exclude=*.log", "--directory", state};
  for (const char* name : kBackedUp)
    if (fs::exists(concat(state, '/', name))) argv.emplace_back(name);
  const auto [status, said] = run_to_end({.argv = argv, .stderr_fd = STDERR_FILENO});
  // 1: a file changed meanwhile, as a delivery may that a forge sends now
  if (status.signal != 0 || status.code > 1)
    throw PushError(concat("cannot back up '", state, "': tar ", status.describe()), EX_IOERR);
}

/// The path of the backup: that of an attempt that was killed, which is of before, or a new
/// one.
std::string back_up(const std::string& state, unsigned version) {
  const std::string mark = mark_file(state);
  if (fs::exists(mark)) return read_file(mark, 4096);
  const std::string directory = state + "/backups";
  fs::create_directories(directory);
  std::string path =
      concat(directory, "/state-", version, '-', unix_time().count() / 1000, ".tar");
  const std::string unfinished = path + ".new";
  try {
    archive(state, unfinished);
    require_done(::fsync(open_file(unfinished, O_RDONLY).get()) == 0, "sync a backup to disk");
    rename_file(unfinished, path);
  } catch (...) {
    remove_file(unfinished);
    throw;
  }
  replace_file(mark, path, Durability::survives_power_cut);
  return path;
}

/// The child's part.
int change_files(const std::string& state, std::span<const Migration> steps,
                 const std::function<void()>& become_hythe, const UniqueFd& changed,
                 const UniqueFd& over) {
  try {
    become_hythe();
    for (const Migration& step : steps) step.files(state);
    write_all(changed.get(), "\n");
    std::string nothing;
    while (read_some(over.get(), nothing)) {
    }
    return EX_OK;
  } catch (const std::exception& error) {
    std::cerr << as_complaint(error.what()) << std::endl;
    return EX_OSERR;
  }
}

/// Calls `then` when user hythe's files are changed, and while they are still locked.
void with_files_changed(const std::string& state, std::span<const Migration> steps,
                        const std::function<void()>& become_hythe,
                        const std::function<void()>& then) {
  Pipe changed = Pipe::make();
  Pipe over = Pipe::make();
  const pid_t pid = ::fork();
  if (pid < 0) throw SystemError(errno, "fork");
  if (pid == 0) {
    changed.read.reset();
    over.write.reset();
    ::_exit(change_files(state, steps, become_hythe, changed.write, over.read));
  }
  ForkedChild child(pid);
  changed.write.reset();
  over.read.reset();
  std::string word;
  while (word.empty() && read_some(changed.read.get(), word)) {
  }
  if (word.empty())
    throw PushError(concat("'", state, "' was not migrated\nagain, as root: hythe migrate"),
                    EX_UNAVAILABLE);
  then();
  over.write.reset();
  (void)child.wait();
}

}  // namespace

std::optional<Migrated> migrate(const std::string& state, std::span<const Migration> steps,
                                const std::function<void()>& become_hythe) {
  const UniqueFd lock = open_locked(state + "/version.lock", "the version of the state");
  const unsigned from = version_of(state);
  const unsigned to = steps.empty() ? 1 : steps.back().to;
  if (from > to) refuse_state(StateAge::newer);
  if (from == to) {
    if (!fs::exists(version_file(state))) write_version(state, to);
    remove_file(mark_file(state));  // of one that was killed at the very end
    return std::nullopt;
  }
  const auto first = std::find_if(steps.begin(), steps.end(),
                                  [from](const Migration& step) { return step.to > from; });
  const std::span<const Migration> due(first, steps.end());
  std::string backup = back_up(state, from);
  with_files_changed(state, due, become_hythe, [&] {
    for (const Migration& step : due) step.tables(state);
    write_version(state, to);
  });
  remove_file(mark_file(state));
  return Migrated{.from = from, .to = to, .backup = std::move(backup)};
}

}  // namespace hythe
