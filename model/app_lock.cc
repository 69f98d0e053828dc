// SPDX-License-Identifier: Apache-2.0
#include "model/app_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "core/decimal.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/yaml.h"
#include "model/app.h"
#include "model/state.h"

namespace hythe {
namespace {

std::string path_of(const AppName& app) {
  return App::directory(app) + "/lock";
}

UniqueFd open_lock(const AppName& app) {
  return open_file(path_of(app), O_RDWR | O_CREAT);
}

bool try_lock(int fd) {
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
  if (errno != EWOULDBLOCK) throw SystemError(errno, "lock the app");
  return false;
}

LockHolder read_holder(int fd) {
  char text[1024];
  const ssize_t length = ::pread(fd, text, sizeof text, 0);
  LockHolder holder;
  if (length <= 0) return holder;
  Yaml file;
  try {
    file = Yaml::parse({text, static_cast<std::size_t>(length)}, "lock");
  } catch (const PushError&) {
    return holder;  // caught in the middle of being rewritten
  }
  holder.pid = static_cast<int>(parse_decimal(file["pid"].text(), 1U << 30U).value_or(0));
  holder.deployment =
      static_cast<Number>(parse_decimal(file["deployment"].text(), kMaxNumber).value_or(0));
  holder.who = file["who"].text();
  holder.doing = file["doing"].text();
  holder.since = Milliseconds(parse_decimal(file["since"].text(), 1ULL << 53U).value_or(0));
  return holder;
}

}  // namespace

std::string LockHolder::describe() const {
  const std::string what =
      deployment != 0 ? concat("deployment ", deployment) : "another command";
  return concat(what, " (", who.empty() ? "" : who + ", ", doing, ", for ",
                duration(unix_time() - since), ")");
}

AppLock AppLock::take(const AppName& app, const LockHolder& me,
                      const Cancellation& cancellation,
                      const std::function<void(const LockHolder&)>& on_wait) {
  UniqueFd file = open_lock(app);
  bool told = false;
  while (!try_lock(file.get())) {
    const LockHolder holder = read_holder(file.get());
    // The lock goes with the process that holds it: its end is the event to wait for. The
    // text may still be the last holder's, who is gone: then it is looked at again soon.
    const UniqueFd pidfd(
        holder.pid == 0 ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, holder.pid, 0)));
    if (pidfd && !told) on_wait(holder);
    told = told || static_cast<bool>(pidfd);
    pollfd ended{.fd = pidfd.get(), .events = POLLIN, .revents = 0};
    constexpr Milliseconds kLookAgain{20};
    constexpr Milliseconds kLookAgainAnyway{1000};  // it may have let go without ending
    (void)cancellation.wait({&ended, 1}, Deadline(pidfd ? kLookAgainAnyway : kLookAgain));
  }
  return locked(std::move(file), app, me);
}

std::optional<AppLock> AppLock::try_take(const AppName& app, const LockHolder& me) {
  UniqueFd file = open_lock(app);
  if (!try_lock(file.get())) return std::nullopt;
  return locked(std::move(file), app, me);
}

/// The app may have gone before the lock was had.
AppLock AppLock::locked(UniqueFd file, const AppName& app, const LockHolder& me) {
  struct stat status = {};
  if (::fstat(file.get(), &status) != 0 || status.st_nlink == 0)
    throw PushError(concat("app '", app.view(), "' was destroyed meanwhile"), EX_NOINPUT);
  require_current_state();
  AppLock lock(std::move(file));
  lock.describe(me);
  return lock;
}

AppLock AppLock::take_aloud(const AppName& app, const std::string& who,
                            const std::string& doing, const Cancellation& cancellation) {
  return take(app, {.who = who, .doing = doing, .since = unix_time()}, cancellation,
              [](const LockHolder& holder) {
                std::cerr << "waiting behind " << holder.describe() << '\n';
              });
}

void AppLock::describe(const LockHolder& me) const {
  Yaml text;
  text.add("pid", std::to_string(::getpid()))
      .add("deployment", std::to_string(me.deployment))
      .add("who", me.who)
      .add("doing", me.doing)
      .add("since", std::to_string(me.since.count()));
  const std::string bytes = text.dump();
  // Readers look only while the lock is held, and take what they cannot parse for nobody.
  if (::ftruncate(file_.get(), 0) != 0 ||
      ::pwrite(file_.get(), bytes.data(), bytes.size(), 0) < 0)
    throw SystemError(errno, "describe the holder of the app's lock");
}

std::optional<LockHolder> AppLock::holder(const AppName& app) {
  const UniqueFd file = open_lock(app);
  if (::flock(file.get(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  return read_holder(file.get());
}

}  // namespace hythe
