// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

/// The end of a disk that no build may take: pushes, releases and logs of every other app live
/// on it. Root ends a build that touches it, and no push begins once it is touched.
namespace hythe::disk_reserve {

inline constexpr std::uint64_t kPart = 32;

/// A thirty-second of a disk, but 1 GiB at most.
[[nodiscard]] constexpr std::uint64_t bytes(std::uint64_t all) noexcept {
  constexpr std::uint64_t kMost = 1ULL << 30U;
  return std::min(all / kPart, kMost);
}

/// Millions of empty files fill a disk as well. Some file systems do not count them: 0.
[[nodiscard]] constexpr std::uint64_t files(std::uint64_t all) noexcept {
  return all / kPart;
}

}  // namespace hythe::disk_reserve
