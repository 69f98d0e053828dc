// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/procfile.h"

namespace hythe {

/// What a buildpack's bin/release says. It is YAML by name, but was always written by echo
/// and read with tolerance: values are the literal rest of their line, even with a further
/// ": " or " # " in it. Nothing in it is ever an error; what cannot be used is left out with
/// a warning, since the buildpack is not the pusher's fault.
struct ReleaseOutput {
  std::vector<ProcessCommand> default_process_types;
  std::vector<std::pair<std::string, std::string>> config_vars;  // defaults at run time
  std::vector<std::string> addons;
  std::vector<std::string> warnings;

  [[nodiscard]] static ReleaseOutput parse(std::string_view text);
};

}  // namespace hythe
