// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/bundle.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/cgroup.h"
#include "helpers/container/complain.h"
#include "helpers/container/file.h"
#include "helpers/container/git_config.h"
#include "helpers/container/installed_stack.h"
#include "helpers/container/oci_config.h"
#include "helpers/container/removal.h"

namespace hythe::container {
namespace {

constexpr const char* kInside = "inside";
constexpr std::uint64_t kOpenFiles = 65536;

/// As many descriptors as apps commonly ask for, if root itself may give as many.
std::uint64_t open_files() {
  struct rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  return std::min<std::uint64_t>(limit.rlim_max, kOpenFiles);
}

std::string passwd(unsigned uid) {
  const std::string id = std::to_string(uid);
  return "root:x:0:0:root:/root:/usr/sbin/nologin\n"
         "app:x:" +
         id + ":" + id +
         ":app:/app:/bin/bash\n"
         "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n";
}

std::string group(unsigned uid) {
  return "root:x:0:\nstaff:x:50:\nwww-data:x:33:\napp:x:" + std::to_string(uid) +
         ":\nnogroup:x:65534:\n";
}

/// Where programs of version 1 of the cgroup interface look for the limit. Without one they
/// expect a number beyond any memory.
std::string memory_limit(std::uint32_t mib) {
  const std::uint64_t bytes = mib == 0 ? 0x7FFFFFFFFFFFF000U : std::uint64_t{mib} << 20U;
  return std::to_string(bytes) + "\n";
}

bool write_inside(int dir, const ContainerId& id, const Plan& plan, const ContainerSpec& spec,
                  std::string_view spec_bytes, const Resolvers& resolvers) {
  const unsigned uid = plan.slot.uid();
  const auto address = address_of(plan.slot, id.lane, id.position).text();
  const std::string hosts =
      "127.0.0.1\tlocalhost\n" + std::string(address.c_str) + "\t" + plan.host_name + "\n";
  // It holds the app's secrets: nobody but the app reads it, and it never reaches a disk.
  const bool has_spec = create_file(dir, "spec", 0400, spec_bytes) &&
                        ::fchownat(dir, "spec", uid, uid, AT_SYMLINK_NOFOLLOW) == 0;
  return has_spec && create_file(dir, "passwd", 0444, passwd(uid)) &&
         create_file(dir, "group", 0444, group(uid)) &&
         create_file(dir, "hosts", 0444, hosts) &&
         create_file(dir, "gitconfig", 0444, git_config()) &&
         create_file(dir, "hostname", 0444, plan.host_name + "\n") &&
         create_file(dir, "resolv.conf", 0444, resolvers.text()) &&
         create_file(dir, "memory_limit", 0444, memory_limit(spec.memory_mib)) &&
         // What is bound over these is in config.json.
         create_file(dir, "init", 0444, "") && create_file(dir, "build", 0444, "") &&
         ::mkdirat(dir, "buildpacks", 0755) == 0 && ::mkdirat(dir, "cache", 0755) == 0 &&
         ::fchmod(dir, 0755) == 0;
}

OciConfig config_of(const Claim& claim, const Plan& plan, const ContainerSpec& spec,
                    Stack stack) {
  OciConfig config{.cgroup = cgroup_of(claim.id()),
                   .host_name = plan.host_name,
                   .network = plan.network,
                   .uid = plan.slot.uid(),
                   .memory_mib = spec.memory_mib,
                   .pids = spec.pids,
                   .cpu_percent = spec.cpu_percent,
                   .cpu_shares = spec.cpu_shares,
                   .scratch_mib = scratch_mib(spec.memory_mib),
                   .open_files = open_files(),
                   .has_cgroup_v2 = has_cgroup_v2(),
                   .stack = std::move(stack),
                   .private_directory = claim.path() + "/" + kInside};
  const AppName& app = claim.id().app;
  if (plan.release != 0) {
    config.overlay = AppOverlay{release_tree(app, plan.release), claim.path() + "/" + kLayer};
  } else {
    config.binds = {{build_tree(app, plan.deployment), paths::inside::kBuild, true},
                    {cache_tree(app), paths::inside::kCache, false},
                    {paths::kBuilder, paths::inside::kBuilder, false},
                    {paths::kBuildpacks, paths::inside::kBuildpacks, false}};
  }
  return config;
}

}  // namespace

std::uint32_t scratch_mib(std::uint32_t memory_mib) {
  // It counts against the container's own memory: half of it each, so that filling one gives
  // "no space left on device" rather than a kill.
  constexpr std::uint32_t kWithoutLimit = 1024;
  constexpr std::uint32_t kAtLeast = 16;
  return memory_mib == 0 ? kWithoutLimit : std::max(memory_mib / 2, kAtLeast);
}

bool write_bundle(const Claim& claim, const Plan& plan, const ContainerSpec& spec,
                  std::string_view spec_bytes, const Resolvers& resolvers) {
  auto stack = plan.stack ? installed_stack(*plan.stack) : host_stack();
  if (!stack) return false;
  const int dir = claim.directory();
  // What a predecessor of the same place has left.
  for (const char* name : {kInside, kLayer, "config.json"})
    if (!remove_own(dir, name)) return false;
  if (::mkdirat(dir, kInside, 0700) == 0 && ::mkdirat(dir, kLayer, 0700) == 0) {
    const UniqueFd inside = open_directory(dir, kInside);
    const auto config = config_of(claim, plan, spec, std::move(*stack));
    if (inside && write_inside(inside.get(), claim.id(), plan, spec, spec_bytes, resolvers) &&
        create_file(dir, "config.json", 0600, config.text()))
      return true;
  }
  complain_errno("write the bundle of '", claim.id().text(), "'");
  return false;
}

}  // namespace hythe::container
