// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace hythe {

/// The version of the state: of everything in /var/lib/hythe that hythe reads again, user
/// hythe's files and root's tables. Who changes what the version before could not read raises
/// it, here and in packaging/rpm/hythe.spec, and adds a step to model/migrations.cc. What lies
/// in /run is not meant: monitors outlive an upgrade, so that may only be added to.
inline constexpr unsigned kStateVersion = 1;

enum class StateAge {
  current,
  older,       // to be migrated: hythe migrate
  newer,       // nothing here can read it
  unreadable,  // nobody can tell
};

/// The text of /var/lib/hythe/version: "1\n". Nothing when it is anything else.
[[nodiscard]] std::optional<unsigned> parse_state_version(std::string_view text) noexcept;

/// Of this host. A state without the file is of version 1, which is older than the file.
[[nodiscard]] StateAge age_of_state() noexcept;

/// Why nothing is done with such a state, and what to do; both are empty for `current`.
struct StateComplaint {
  std::string_view what;
  std::string_view way_out;
};
[[nodiscard]] StateComplaint complaint_about(StateAge age) noexcept;

}  // namespace hythe
