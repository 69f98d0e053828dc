// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/helper_contract.h"
#include "helpers/container/claim.h"
#include "helpers/container/end.h"

namespace hythe::container {

enum class Status : std::uint8_t { starting, running, restarting, exited, stopping };

/// What everybody of group hythe may know of a container: the file `state` in its directory,
/// a key and its value on each line. Release 0 is a build.
///
///   app shop          status running      the pid is that of the container's init, 0 while
///   release 12        pid 4711            there is none; started is when it last began,
///   lane b            started 17640…      in ms since 1970; `last` is how it ended the last
///   position 0        restarts 0          time, if it did: "exit 1", "signal 9",
///   name web.1        last exit 1         "signal 9 oom"
struct State {
  Number release = 0;
  std::string name{};
  Status status = Status::starting;
  pid_t pid = 0;
  std::int64_t started_ms = 0;
  std::uint32_t restarts = 0;
  std::optional<End> last{};

  [[nodiscard]] std::string text(const ContainerId& id) const;
  /// Replaces the file. Readers see the old one or the new one. A failure is no reason to
  /// stop a container, and is passed over.
  void save(const Claim& claim) const;
};

/// The pid in a container's state file; 0 when there is none.
[[nodiscard]] pid_t pid_in_state(std::string_view text);
/// The name in it, "run.1"; empty when there is none.
[[nodiscard]] std::string_view name_in_state(std::string_view text);

}  // namespace hythe::container
