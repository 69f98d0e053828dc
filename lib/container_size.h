// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hythe {

/// What a container of a size may take.
struct SizeLimits {
  std::uint64_t memory;  // bytes
  std::uint64_t pids;
};

/// Of "S", "M", "L", "XL", "2XL" or "3XL". Throws PushError (EX_USAGE) for any other word.
[[nodiscard]] SizeLimits limits_of_size(std::string_view size);

}  // namespace hythe
