// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "core/process_name.h"
#include "lib/clock.h"

namespace hythe {

struct RunOptions {
  bool is_detached = false;
  std::optional<std::string> size{};
  std::map<std::string, std::string> environment{};
  std::optional<Milliseconds> timeout{};
  std::optional<ProcessName> stop{};  // then there is no command
};

/// What was typed after `hythe run`: options and the app, and then the command, whose words may
/// look like options of ours and are its own.
struct RunRequest {
  AppName app;
  RunOptions options{};
  std::vector<std::string> command{};

  /// Throws PushError (EX_USAGE, EX_DATAERR).
  [[nodiscard]] static RunRequest parse(Arguments& arguments);
};

}  // namespace hythe
