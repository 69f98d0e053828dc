// SPDX-License-Identifier: Apache-2.0
#include "core/state_version.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/decimal.h"
#include "core/paths.h"
#include "core/unique_fd.h"

namespace hythe {

std::optional<unsigned> parse_state_version(std::string_view text) noexcept {
  constexpr unsigned kMost = 9999;
  if (!text.ends_with('\n')) return std::nullopt;
  text.remove_suffix(1);
  const auto version = parse_decimal(text, kMost);
  if (!version || *version == 0) return std::nullopt;
  return static_cast<unsigned>(*version);
}

StateAge age_of_state() noexcept {
  // Only root can name anything in that directory: the helpers look at that themselves.
  const UniqueFd file(
      ::open(paths::kStateVersionFile, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  unsigned found = 1;
  if (file || errno != ENOENT) {
    char text[16];
    const ssize_t length = file ? ::read(file.get(), text, sizeof text) : -1;
    const auto version =
        length < 0
            ? std::nullopt
            : parse_state_version(std::string_view(text, static_cast<std::size_t>(length)));
    if (!version) return StateAge::unreadable;
    found = *version;
  }
  if (found < kStateVersion) return StateAge::older;
  return found > kStateVersion ? StateAge::newer : StateAge::current;
}

StateComplaint complaint_about(StateAge age) noexcept {
  switch (age) {
    case StateAge::current:
      break;
    case StateAge::older:
      return {"'/var/lib/hythe' is of an older hythe, and was not migrated yet",
              "as root: hythe migrate"};
    case StateAge::newer:
      return {"'/var/lib/hythe' is of a newer hythe, which this one cannot read",
              "install the newer package again"};
    case StateAge::unreadable:
      return {"'/var/lib/hythe/version' does not say of which hythe the state is",
              "put the file back from a backup: it is a number and a line feed"};
  }
  return {};
}

}  // namespace hythe
