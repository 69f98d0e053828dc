// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/slot.h"
#include "helpers/container/stack.h"

namespace hythe::container {

/// Something bound into a container.
struct Bind {
  std::string source;
  std::string destination;
  bool is_writable = false;
};

/// Where /app comes from: the release below and an ephemeral layer above, or, in a build, an
/// empty tmpfs. The layer is mounted by whoever starts crun (crun.h).
struct AppOverlay {
  std::string release;  // the read-only directory
  std::string layer;    // with `upper` and `work` in it
};

/// Everything that distinguishes one container from another. All of it is made of numbers
/// and of names that were validated, so that no text of a caller's reaches config.json.
struct OciConfig {
  std::string cgroup;            // "/hythe-apps.service/shop.b.0"
  std::string host_name;         // "shop-web-1"
  std::string network;           // the path of its network namespace
  unsigned uid = 0;              // and gid
  std::uint32_t memory_mib = 0;  // zero: no limit, for these three
  std::uint32_t pids = 0;
  std::uint32_t cpu_percent = 0;
  std::uint32_t cpu_shares = 0;
  std::uint32_t scratch_mib = 64;  // for each directory in memory
  std::uint64_t open_files = 1024;
  bool has_cgroup_v2 = false;
  Stack stack{};
  std::string private_directory{};  // becomes /.hythe
  std::vector<Bind> binds{};
  std::optional<AppOverlay> overlay{};

  /// The text of config.json.
  [[nodiscard]] std::string text() const;
};

}  // namespace hythe::container
