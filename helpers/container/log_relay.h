// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "helpers/container/log_file.h"
#include "helpers/container/relay.h"

namespace hythe::container {

/// What a container says goes into a log. One that says more than some MiB a second has to
/// wait: the host keeps its processors and its disk for others.
class LogRelay final : public Relay {
 public:
  /// `sink` is never written to, and is not watched for readers: /dev/null.
  LogRelay(int from, int sink, LogFile& log) noexcept : Relay(from, sink, kToOurs), log_(log) {}

  [[nodiscard]] int pause_ms() const noexcept override;

 private:
  void accept(std::string_view bytes, std::string& pending) override;

  LogFile& log_;
  std::int64_t window_ends_ms_ = 0;
  std::size_t window_bytes_ = 0;
};

}  // namespace hythe::container
