// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/helper_contract.h"
#include "helpers/container/end.h"
#include "helpers/container/place.h"

namespace hythe::container {

/// A command that runs once, in a container of a release. It has no part in what serves: no
/// lane, no lock of a deployment's, no restart.
struct OneOff {
  Place place;
  Running running;
};

/// What is on stdin is to run under the request's name.
class OneOffSpec {
 public:
  /// Ends the process when there is no such app or release, or no spec on stdin.
  explicit OneOffSpec(const LaunchRequest& request);

  /// nullopt, with a complaint, when it cannot be started.
  [[nodiscard]] std::optional<OneOff> start(Claim claim, Streams streams) const;
  [[nodiscard]] const ContainerSpec& limits() const { return spec_; }

 private:
  const LaunchRequest& request_;
  Slot slot_;
  std::optional<StackVersion> stack_;
  std::string bytes_;
  ContainerSpec spec_;
};

/// The place that goes with the request's name; nullopt, with a complaint, when another has it.
[[nodiscard]] std::optional<Claim> claim_named_one_off(const LaunchRequest& request);

/// As a shell says it: 128 + n for signal n.
[[nodiscard]] int exit_code_of(const End& end);

}  // namespace hythe::container
