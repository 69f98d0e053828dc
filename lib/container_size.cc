// SPDX-License-Identifier: Apache-2.0
#include "lib/container_size.h"

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

struct Named {
  std::string_view name;
  SizeLimits limits;
};

constexpr std::uint64_t kMiB = 1U << 20U;
constexpr Named kSizes[] = {{"S", {.memory = 256 * kMiB, .pids = 128}},
                            {"M", {.memory = 512 * kMiB, .pids = 256}},
                            {"L", {.memory = 1024 * kMiB, .pids = 512}},
                            {"XL", {.memory = 2048 * kMiB, .pids = 1024}},
                            {"2XL", {.memory = 4096 * kMiB, .pids = 2048}},
                            {"3XL", {.memory = 8192 * kMiB, .pids = 4096}}};

}  // namespace

SizeLimits limits_of_size(std::string_view size) {
  std::string names;
  for (const Named& known : kSizes) {
    if (known.name == size) return known.limits;
    names.append(names.empty() ? "" : " ").append(known.name);
  }
  throw PushError(concat("there is no size '", printable(size, 16), "'\nthere are: ", names),
                  EX_USAGE);
}

}  // namespace hythe
