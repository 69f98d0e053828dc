// SPDX-License-Identifier: Apache-2.0
#include "model/migration.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <vector>

#include "core/paths.h"
#include "lib/clock.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/file/file_lock.h"
#include "lib/process/child.h"
#include "lib/process/forked_child.h"
#include "model/state.h"

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
  const std::string directory = state + "/backups";
  if (fs::exists(mark)) {
    // It stays when a migration is killed at its very end; the next one has another version.
    std::string left = read_file(mark, 4096);
    if (left.starts_with(concat(directory, "/state-", version, '-')) && fs::exists(left))
      return left;
  }
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

constexpr char kDone = '\n';  // what begins with another character is a complaint

/// The child's part: locks, is told to go on, changes the files, and waits until all is over.
int change_files(const std::string& state, std::span<const Migration> steps,
                 const std::function<void()>& become_hythe, const UniqueFd& said,
                 const UniqueFd& told) {
  const std::string done{kDone};
  int code = EX_OSERR;
  try {
    become_hythe();
    write_all(said.get(), done);
    std::string word;
    if (!read_some(told.get(), word)) return EX_OK;  // there is no backup
    for (const Migration& step : steps) step.files(state);
    write_all(said.get(), done);
    while (read_some(told.get(), word)) {
    }
    return EX_OK;
  } catch (const PushError& error) {
    write_all(said.get(), error.what());
    code = error.exit_code();
  } catch (const std::exception& error) {
    write_all(said.get(), error.what());
  }
  return code;
}

/// The process that changes user hythe's files, as user hythe.
class FilesChild {
 public:
  FilesChild(const std::string& state, std::span<const Migration> steps,
             const std::function<void()>& become_hythe)
      : child_(start(state, steps, become_hythe)) {
    said_.write.reset();
    told_.read.reset();
  }

  /// Returns when it has locked what it changes; the second time, when it has changed it.
  void await() {
    std::string word;
    while (word.empty() && read_some(said_.read.get(), word)) {
    }
    if (word.starts_with(kDone)) return;
    while (read_some(said_.read.get(), word)) {
    }
    told_.write.reset();
    const int status = child_.wait();
    if (word.empty()) word = "user hythe's part of the state could not be migrated";
    throw PushError(word, WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE);
  }
  void go_on() { write_all(told_.write.get(), "\n"); }
  /// It lets go of its locks.
  void end() {
    told_.write.reset();
    (void)child_.wait();
  }

 private:
  pid_t start(const std::string& state, std::span<const Migration> steps,
              const std::function<void()>& become_hythe) {
    const pid_t pid = ::fork();
    if (pid < 0) throw SystemError(errno, "fork");
    if (pid != 0) return pid;
    said_.read.reset();
    told_.write.reset();
    ::_exit(change_files(state, steps, become_hythe, said_.write, told_.read));
  }

  Pipe said_ = Pipe::make();
  Pipe told_ = Pipe::make();
  ForkedChild child_;
};

bool is_current(const std::string& state, unsigned to) {
  return fs::exists(version_file(state)) && !fs::exists(mark_file(state)) &&
         version_of(state) == to;
}

}  // namespace

std::optional<Migrated> migrate(const std::string& state, std::span<const Migration> steps,
                                const std::function<void()>& become_hythe) {
  const unsigned to = steps.empty() ? 1 : steps.back().to;
  if (is_current(state, to)) return std::nullopt;
  const auto lock = open_locked_by(state + "/version.lock", "the version of the state",
                                   Deadline(kMigrationPatience));
  if (!lock)
    throw PushError(
        "another 'hythe migrate' is at work\nwhen it is over, as root: hythe migrate",
        EX_TEMPFAIL);
  const unsigned from = version_of(state);
  if (from > to) refuse_state(StateAge::newer);
  if (from == to) {
    if (!fs::exists(version_file(state))) write_version(state, to);
    remove_file(mark_file(state));  // of one that was killed at the very end
    return std::nullopt;
  }
  const auto first = std::find_if(steps.begin(), steps.end(),
                                  [from](const Migration& step) { return step.to > from; });
  const std::span<const Migration> due(first, steps.end());

  FilesChild files(state, due, become_hythe);
  files.await();
  // Beyond this point nobody else changes the state.
  std::string backup = back_up(state, from);
  files.go_on();
  files.await();
  for (const Migration& step : due) step.tables(state);
  write_version(state, to);
  files.end();
  remove_file(mark_file(state));
  return Migrated{.from = from, .to = to, .backup = std::move(backup)};
}

}  // namespace hythe
