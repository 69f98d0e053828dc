// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/clock.h"

namespace hythe {

/// What a deployment and its containers may take: `limits` of hythe.yml, and what an app's own
/// say instead.
struct Limits {
  std::uint64_t source_size = 300ULL << 20U;  // of the files of a commit, with submodules
  std::uint64_t source_files = 200'000;
  std::uint64_t path_length = 4096;
  // Of an archive that is deployed, beside those of its files.
  std::uint64_t archive_size = 300ULL << 20U;  // as it comes
  std::uint64_t archive_entries = 400'000;
  std::uint64_t archive_depth = 100;                     // of directories in each other
  Milliseconds archive_time = std::chrono::minutes(10);  // to come, and to be read
  std::uint64_t image_size = 2ULL << 30U;
  // Of one fetch from a forge.
  std::uint64_t fetch_size = 1ULL << 30U;
  Milliseconds fetch_time = std::chrono::minutes(10);
  Milliseconds build_time = std::chrono::minutes(30);
  std::uint64_t build_memory;  // three quarters of the host's, 4 GiB at most
  std::uint64_t build_pids = 2048;
  std::uint64_t build_cpu = 0;  // percent of one processor; 0: no limit
  // Of each container, in place of what its size says; 0: as that says.
  std::uint64_t container_memory = 0;
  std::uint64_t container_pids = 0;
  std::uint64_t container_cpu = 0;  // percent of one processor
  std::uint64_t restarts = 20;      // of a container that ends again and again
  std::uint64_t review_apps = 10;   // of an app, at once
  Milliseconds boot_timeout = std::chrono::seconds(60);
  Milliseconds postdeploy_timeout = std::chrono::minutes(20);
  Milliseconds run_timeout = std::chrono::hours(24);  // of a one-off

  Limits();

  /// By its name, written as in hythe.yml. Throws PushError: `where` says in what.
  void set(std::string_view key, std::string_view value, std::string_view where);
  /// Every name, with what holds.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> all() const;
  /// These, but for what an app says for itself.
  [[nodiscard]] Limits with(const std::map<std::string, std::string>& overrides) const;
};

/// "raise it on the host: hythe limits APP KEY=…", the way out of every limit.
[[nodiscard]] std::string how_to_raise(std::string_view key);

}  // namespace hythe
