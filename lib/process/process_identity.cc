// SPDX-License-Identifier: Apache-2.0
#include "lib/process/process_identity.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <sstream>

#include "core/decimal.h"
#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

bool has_ended(int pidfd, const Deadline& deadline) {
  pollfd ended{.fd = pidfd, .events = POLLIN, .revents = 0};
  int ready = 0;
  do {
    ready = ::poll(&ended, 1, deadline.left_ms());
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

}  // namespace

std::optional<ProcessIdentity> ProcessIdentity::of(int pid) {
  std::string stat;
  try {
    stat = read_file(concat("/proc/", pid, "/stat"), 4096);
  } catch (const SystemError&) {
    return std::nullopt;
  }
  // The name may hold blanks and parentheses: what follows begins behind the last one.
  const auto name_end = stat.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(stat.substr(name_end + 1));
  constexpr int kBetween = 19;  // state (3) to itrealvalue (21)
  std::string skipped;
  for (int i = 0; i < kBetween; ++i) fields >> skipped;
  ProcessIdentity identity{.pid = pid};
  if (!(fields >> identity.start)) return std::nullopt;
  return identity;
}

std::optional<ProcessIdentity> ProcessIdentity::parse(std::string_view text) {
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto pid = parse_decimal(text.substr(0, blank), std::numeric_limits<int>::max());
  const auto start =
      parse_decimal(text.substr(blank + 1), std::numeric_limits<std::uint64_t>::max() / 16);
  if (!pid || !start) return std::nullopt;
  return ProcessIdentity{.pid = static_cast<int>(*pid), .start = *start};
}

std::string ProcessIdentity::text() const {
  return concat(pid, ' ', start);
}

UniqueFd ProcessIdentity::open() const {
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  // Asked only once the pidfd is open: from here on it can be nobody else's.
  const auto now = of(pid);
  if (!now || now->start != start) pidfd.reset();
  return pidfd;
}

bool ProcessIdentity::wait_until_gone(const Deadline& deadline) const {
  const UniqueFd pidfd = open();
  return !pidfd || has_ended(pidfd.get(), deadline);
}

void ProcessIdentity::kill() const {
  const UniqueFd pidfd = open();
  if (!pidfd) return;
  ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGKILL, nullptr, 0);
  constexpr Milliseconds kLongest = std::chrono::seconds(10);
  (void)has_ended(pidfd.get(), Deadline(kLongest));
}

}  // namespace hythe
