// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/log_relay.h"

#include "helpers/container/clock.h"

namespace hythe::container {
namespace {

constexpr std::size_t kBytesPerWindow = 4U << 20U;
constexpr std::int64_t kWindowMs = 1'000;

}  // namespace

int LogRelay::pause_ms() const noexcept {
  if (window_bytes_ < kBytesPerWindow) return -1;
  const std::int64_t left = window_ends_ms_ - monotonic_ms();
  return left > 0 ? static_cast<int>(left) : -1;
}

void LogRelay::accept(std::string_view bytes, std::string&) {
  const std::int64_t now = monotonic_ms();
  if (now >= window_ends_ms_) {
    window_ends_ms_ = now + kWindowMs;
    window_bytes_ = 0;
  }
  window_bytes_ += bytes.size();
  log_.add(bytes);
}

}  // namespace hythe::container
