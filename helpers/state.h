// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/state_version.h"
#include "helpers/die.h"

namespace hythe::root {

/// Ends the process (EX_CONFIG) unless root's tables are of the version that it knows.
inline void require_current_state() noexcept {
  const StateAge age = age_of_state();
  if (age == StateAge::current) return;
  const StateComplaint complaint = complaint_about(age);
  die(EX_CONFIG, complaint.what, ": ", complaint.way_out);
}

}  // namespace hythe::root
