// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "helpers/container/log_file.h"
#include "helpers/container/log_pace.h"
#include "helpers/container/relay.h"

namespace hythe::container {

/// What a container says goes into a log, at that one's pace.
class LogRelay final : public Relay {
 public:
  /// `sink` is never written to, and is not watched for readers: /dev/null.
  LogRelay(int from, int sink, LogFile& log) noexcept : Relay(from, sink, kToOurs), log_(log) {}

  [[nodiscard]] int pause_ms() const noexcept override;

 private:
  void accept(std::string_view bytes, std::string& pending) override;

  LogFile& log_;
  LogPace pace_{};
};

}  // namespace hythe::container
