// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/unique_fd.h"

namespace hythe::builder {

/// The writing end of inside/build_report.h. take_over_stdout() makes stdout a second stderr,
/// so that buildpacks write to one pipe, in order, and never into the report.
class ReportPipe {
 public:
  [[nodiscard]] static ReportPipe take_over_stdout();
  explicit ReportPipe(UniqueFd fd) : fd_(std::move(fd)) {}

  /// The phase that a failure from now on belongs to.
  void enter(std::string_view phase) { phase_ = phase; }
  [[nodiscard]] std::string_view phase() const { return phase_; }

  /// `value` has no NUL in it.
  void say(std::string_view key, std::string_view value) const;

 private:
  UniqueFd fd_;
  std::string_view phase_;
};

}  // namespace hythe::builder
