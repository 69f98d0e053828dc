// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "helpers/container/crun.h"

namespace hythe::container {

/// How a container is told to end: by signals that grow in weight, each of which hythe-init
/// passes on to every process of it. Whatever was asked for, SIGKILL comes kGraceMs later at
/// the latest.
class Dismissal {
 public:
  static constexpr std::int64_t kHangUpMs = 5'000;
  static constexpr std::int64_t kGraceMs = 30'000;

  /// SIGHUP, kHangUpMs, SIGTERM, SIGKILL: in this order, beginning where one is asked to.
  enum class Step : std::uint8_t { none, hang_up, terminate, kill };

  /// Begins, or goes on, with that step. What was reached already is not done again.
  void ask_for(Step step, std::int64_t now_ms);
  [[nodiscard]] bool has_begun() const { return due_ != Step::none || reached_ != Step::none; }
  [[nodiscard]] bool has_killed() const { return reached_ == Step::kill; }
  /// The step that is due, which counts as done from now on; none when there is none.
  [[nodiscard]] Step next(std::int64_t now_ms);
  /// How long to wait until the next one; -1 when none will come.
  [[nodiscard]] int patience_ms(std::int64_t now_ms) const;

 private:
  Step due_ = Step::none;
  Step reached_ = Step::none;
  std::int64_t due_at_ms_ = 0;
  std::int64_t kill_at_ms_ = 0;
};

/// Does what is due by now.
void dismiss(Dismissal& dismissal, const Running& running, const ContainerId& id,
             std::int64_t now_ms);

}  // namespace hythe::container
