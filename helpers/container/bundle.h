// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/helper_contract.h"
#include "helpers/container/claim.h"
#include "helpers/container/resolvers.h"

namespace hythe::container {

/// In a container's directory: where the ephemeral layer of /app is mounted, inside the
/// container's own mount namespace only.
inline constexpr const char* kLayer = "layer";

/// Of a container, in MiB, what each of its directories in memory may hold.
[[nodiscard]] std::uint32_t scratch_mib(std::uint32_t memory_mib);

/// What a container is to be.
struct Plan {
  Slot slot;
  std::string host_name;
  Number release = 0;                   // /app is this release…
  Number deployment = 0;                // …or, when it is zero, this build goes on
  std::optional<StackVersion> stack{};  // nullopt: the host's
  std::string network{};
};

/// Writes the OCI bundle of a container, config.json and what becomes /.hythe, into the
/// claim's directory. `spec_bytes` is what hythe-init will read, opaque but for its limits.
/// False, with a complaint, on failure.
[[nodiscard]] bool write_bundle(const Claim& claim, const Plan& plan, const ContainerSpec& spec,
                                std::string_view spec_bytes, const Resolvers& resolvers);

}  // namespace hythe::container
