// SPDX-License-Identifier: Apache-2.0
#include "lib/process_identity.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <sstream>

#include "core/decimal.h"
#include "core/unique_fd.h"
#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {

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

bool ProcessIdentity::wait_until_gone(const Deadline& deadline) const {
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  // Asked only once the pidfd is open: from here on it can be nobody else's.
  const auto now = of(pid);
  if (!pidfd || !now || now->start != start) return true;
  pollfd ended{.fd = pidfd.get(), .events = POLLIN, .revents = 0};
  int ready = 0;
  do {
    ready = ::poll(&ended, 1, deadline.left_ms());
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

}  // namespace hythe
