// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stacks/unpack.h"

namespace hythe::stacks {

/// /etc/hythe/stack.yml, with the default of every key: what `hythe stack create` makes, and
/// how large an archive may be. etc/stack.yml documents it. It is root's own file; nothing
/// that anybody else can write is ever read as YAML by root.
struct StackConfig {
  std::string suite = "bookworm";
  std::string mirror = "http://deb.debian.org/debian";
  std::vector<std::string> components = {"main"};
  std::vector<std::string> packages{};
  Limits limits{};

  /// Throws PushError (EX_CONFIG) naming file and key.
  [[nodiscard]] static StackConfig load();
  [[nodiscard]] static StackConfig parse(const std::string& text, std::string_view path);

  /// mmdebstrap's, which writes a tar to its stdout. Every word of the configuration was
  /// checked by then: none of them can be an option.
  [[nodiscard]] std::vector<std::string> command() const;
};

/// [a-z][a-z0-9-]*
[[nodiscard]] bool is_suite(std::string_view text);

}  // namespace hythe::stacks
