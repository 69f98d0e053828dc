// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/nginx_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <csignal>
#include <limits>

#include "core/decimal.h"
#include "core/paths.h"
#include "helpers/command.h"
#include "helpers/die.h"

namespace hythe::route_helper {
namespace {

using root::Deadline;
using root::FixedText;

constexpr const char* kPidFile = "/run/nginx.pid";
constexpr int kTestMs = 30'000;
constexpr int kPauseMs = 3;

/// A file of the kernel's or of nginx's, as far as it fits; empty when it cannot be read.
std::string_view read_some(const char* path, std::span<char> memory) noexcept {
  const UniqueFd file(::open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  std::size_t length = 0;
  while (file && length < memory.size()) {
    const ssize_t got = ::read(file.get(), memory.data() + length, memory.size() - length);
    if (got <= 0) break;
    length += static_cast<std::size_t>(got);
  }
  return {memory.data(), length};
}

std::optional<pid_t> parse_pid(std::string_view text) noexcept {
  const auto value = parse_decimal(text, std::numeric_limits<pid_t>::max());
  if (!value || *value < 2) return std::nullopt;
  return static_cast<pid_t>(*value);
}

UniqueFd open_pid(pid_t pid) noexcept {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

std::string_view target_of(const char* link, std::span<char> memory) noexcept {
  const ssize_t length = ::readlink(link, memory.data(), memory.size());
  return {memory.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

/// nginx of root's, also one whose file an upgrade has replaced since it started.
bool is_nginx_of_root(pid_t pid) noexcept {
  const FixedText<64> directory("/proc/", static_cast<unsigned>(pid));
  struct stat process {};
  if (::lstat(directory.c_str(), &process) != 0 || process.st_uid != 0) return false;
  const UniqueFd installed(::open(paths::kNginx, O_PATH | O_CLOEXEC));
  if (!installed) return false;
  // By the kernel's name for it: /usr/sbin may be a symlink.
  const FixedText<64> ours("/proc/self/fd/", static_cast<unsigned>(installed.get()));
  const FixedText<64> theirs(directory.view(), "/exe");
  char memory[2][256];
  const std::string_view expected = target_of(ours.c_str(), memory[0]);
  std::string_view program = target_of(theirs.c_str(), memory[1]);
  constexpr std::string_view kReplaced = " (deleted)";
  if (program.ends_with(kReplaced)) program.remove_suffix(kReplaced.size());
  return !program.empty() && program == expected;
}

/// The title that nginx gives a process.
std::string_view title_of(pid_t pid, std::span<char> memory) noexcept {
  const FixedText<64> path("/proc/", static_cast<unsigned>(pid), "/cmdline");
  return read_some(path.c_str(), memory);
}

bool is_gone(const UniqueFd& pidfd) noexcept {
  pollfd event{pidfd.get(), POLLIN, 0};
  return ::poll(&event, 1, 0) == 1;
}

}  // namespace

std::optional<NginxMaster> NginxMaster::find() noexcept {
  char memory[32];
  std::string_view text = read_some(kPidFile, memory);  // in /run: root's
  if (text.ends_with('\n')) text.remove_suffix(1);
  const auto pid = parse_pid(text);
  if (!pid) return std::nullopt;
  // First the descriptor, then the look: had the process changed in between, the signal
  // would go to the one that is gone.
  UniqueFd pidfd = open_pid(*pid);
  if (!pidfd || !is_nginx_of_root(*pid)) return std::nullopt;
  return NginxMaster(*pid, std::move(pidfd));
}

bool NginxMaster::reload() const noexcept {
  return ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGHUP, nullptr, 0) == 0;
}

NginxWorkers NginxWorkers::of(const NginxMaster& master) noexcept {
  NginxWorkers workers;
  static char memory[16'384];
  const auto pid = static_cast<unsigned>(master.pid());
  const FixedText<64> path("/proc/", pid, "/task/", pid, "/children");
  std::string_view rest = read_some(path.c_str(), memory);  // "12 13 14 "
  while (workers.count_ < kMost) {
    const std::size_t space = rest.find(' ');
    if (space == std::string_view::npos) break;
    const auto child = parse_pid(std::string_view(rest.data(), space));
    rest.remove_prefix(space + 1);
    char title[64];
    if (!child || !title_of(*child, title).starts_with("nginx: worker process")) continue;
    workers.workers_[workers.count_] = {*child, open_pid(*child)};
    if (workers.workers_[workers.count_].pidfd) ++workers.count_;
  }
  return workers;
}

bool NginxWorkers::have_left(Deadline deadline) const noexcept {
  for (std::size_t i = 0; i < count_; ++i) {
    const Worker& worker = workers_[i];
    char title[64];
    // Nothing announces a change of title, so it is looked at every few milliseconds.
    while (!is_gone(worker.pidfd) &&
           title_of(worker.pid, title).find("shutting down") == std::string_view::npos) {
      if (deadline.has_passed()) return false;
      pollfd event{worker.pidfd.get(), POLLIN, 0};
      ::poll(&event, 1, kPauseMs);
    }
  }
  return true;
}

bool test_nginx_configuration(root::Text& said) noexcept {
  static constexpr const char* kArguments[] = {paths::kNginx, "-t", "-q", nullptr};
  said.clear();
  const auto result = root::run_command(kArguments, {}, said, Deadline::in_ms(kTestMs));
  const char* fault = nullptr;
  if (result.end == root::CommandResult::End::timed_out)
    fault = "nginx -t did not end in time";
  else if (said.room() == 0)  // and what was dropped might be what counts
    fault = "nginx -t says too much";
  if (fault != nullptr) {
    said.clear();
    said.add(fault);
    return false;
  }
  return result.succeeded();
}

}  // namespace hythe::route_helper
