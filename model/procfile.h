// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hythe {

/// A process type and the command line that bash runs for it.
struct ProcessCommand {
  std::string type;     // ProcessName::is_type
  std::string command;  // one line, not empty
  friend bool operator==(const ProcessCommand&, const ProcessCommand&) = default;
};

/// What a Procfile says: TYPE: COMMAND, one a line. It knows of no special types, and does
/// not look into the commands: those are bash's.
struct Procfile {
  static constexpr std::size_t kMaxBytes = 64U << 10U;
  static constexpr std::size_t kMaxTypes = 64;

  std::vector<ProcessCommand> processes;  // in the order of the file
  std::vector<std::string> warnings;      // complete sentences for whoever pushed

  /// A line that is something else is left out with a warning, as elsewhere. Throws PushError,
  /// which names the line, for a type that would have another name or command than it says.
  [[nodiscard]] static Procfile parse(std::string_view bytes);
};

}  // namespace hythe
