// SPDX-License-Identifier: Apache-2.0
#include "model/build/build_slot.h"

#include <unistd.h>

#include <optional>
#include <string>
#include <vector>

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file/file_lock.h"
#include "lib/file/numbered_files.h"

namespace hythe {
namespace {

constexpr const char* kTicket = ".ticket";

std::string path_of(Number number) {
  return concat(paths::kBuildQueue, '/', number, kTicket);
}

/// For as long as numbers are drawn or looked at; nobody waits while they hold it.
UniqueFd lock_queue() {
  return open_locked(concat(paths::kBuildQueue, "/lock"), "the queue of builds");
}

struct Place {
  Number number = 0;
  Beacon ticket;
};

Place draw_number() {
  const UniqueFd lock = lock_queue();
  const auto drawn = numbered_files(paths::kBuildQueue, kTicket);
  const Number mine = drawn.empty() ? 1 : drawn.back() + 1;
  return {mine, Beacon::light(path_of(mine))};
}

/// Those with a lower number who are still there. The names of others are removed.
std::vector<UniqueFd> those_before(Number mine) {
  const UniqueFd lock = lock_queue();
  std::vector<UniqueFd> before;
  for (const Number number : numbered_files(paths::kBuildQueue, kTicket)) {
    if (number >= mine) break;
    UniqueFd seen = Beacon::see(path_of(number));
    if (seen)
      before.push_back(std::move(seen));
    else
      ::unlink(path_of(number).c_str());
  }
  return before;
}

/// Until one of them has gone.
void wait_for_any(const std::vector<UniqueFd>& beacons, const Cancellation& cancellation) {
  std::vector<pollfd> fds;
  fds.reserve(beacons.size());
  for (const UniqueFd& beacon : beacons)
    fds.push_back({.fd = beacon.get(), .events = 0, .revents = 0});
  (void)cancellation.wait(fds, Deadline(std::chrono::hours(1)));
}

}  // namespace

BuildSlot BuildSlot::take(std::uint64_t count, const Cancellation& cancellation,
                          const std::function<void(std::size_t)>& on_wait) {
  Place place = draw_number();
  BuildSlot slot(std::move(place.ticket));
  std::optional<std::size_t> told;
  for (;;) {
    const auto before = those_before(place.number);
    if (before.size() < count) return slot;
    const std::size_t waiting = before.size() - count;
    if (told != waiting) on_wait(waiting);
    told = waiting;
    wait_for_any(before, cancellation);
  }
}

}  // namespace hythe
