// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "lib/clock.h"

namespace hythe {

/// /etc/hythe/hythe.yml, with the default of every key. The file is root's; etc/hythe.yml
/// documents it.
struct Config {
  std::string base_domain;  // apps answer at APP.<base_domain>
  std::string ssh_host;
  unsigned ssh_port = 22;

  struct Limits {
    std::uint64_t source_size = 300ULL << 20U;
    std::uint64_t source_files = 200'000;
    std::uint64_t path_length = 4096;
    std::uint64_t image_size = 2ULL << 30U;
    Milliseconds build_time = std::chrono::minutes(30);
    std::uint64_t build_memory = 0;  // 0: three quarters of the host's, 4 GiB at most
    std::uint64_t build_pids = 2048;
    Milliseconds boot_timeout = std::chrono::seconds(60);
    Milliseconds postdeploy_timeout = std::chrono::minutes(20);
  } limits{};

  struct Container {
    std::uint64_t memory = 512ULL << 20U;
    std::uint64_t pids = 256;
  } container{};

  Milliseconds drain{250};
  std::map<std::string, std::string> build_environment{};
  /// Stack → whose buildpacks ("official", "github.com/heroku", "others") → STACK
  /// (lib/stack.h).
  std::map<std::string, std::map<std::string, std::string>> stack_aliases{};

  /// Throws PushError (EX_CONFIG) naming file and key: an unknown key, a bad value.
  [[nodiscard]] static Config load();
  [[nodiscard]] static Config parse(const std::string& text, std::string_view path);
};

/// "300 MiB", "2 GiB", "512" (bytes). Throws PushError naming `key`.
[[nodiscard]] std::uint64_t parse_size(std::string_view text, std::string_view key);
/// "250ms", "60s", "30m", "1h". Throws PushError naming `key`.
[[nodiscard]] Milliseconds parse_duration(std::string_view text, std::string_view key);
/// "4.2 MiB"
[[nodiscard]] std::string format_size(std::uint64_t bytes);

}  // namespace hythe
