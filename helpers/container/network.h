// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <optional>
#include <string>

#include "core/slot.h"
#include "core/unique_fd.h"
#include "helpers/container/program.h"

namespace hythe::container {

/// Which slots may not be given out.
using UsedSlots = std::bitset<Slot::kLast + 1>;

/// The host's end of a container's link: "hy17b0".
[[nodiscard]] std::string link_name(Slot slot, Lane lane, Position position);

/// The slots of which the host still has a link.
[[nodiscard]] UsedSlots slots_with_links();

[[nodiscard]] bool has_link(const std::string& link);
/// Both ends go. Nothing when there is none.
void remove_link(const std::string& link);

/// A container's network: a namespace of its own, with one link to the host. It exists for as
/// long as this object or a process in it does, so that it outlives a container that
/// restarts, and the kernel takes it down in its own time (34 ms and more) when nothing holds
/// it any more.
class ContainerNetwork {
 public:
  /// Makes the namespace and begins to make the link, while the caller does other things.
  /// nullopt, with a complaint, when it cannot be made.
  [[nodiscard]] static std::optional<ContainerNetwork> begin(Slot slot, Lane lane,
                                                             Position position);
  /// Returns when the container's end is there, and begins with the host's.
  [[nodiscard]] bool inside_is_ready();
  /// Returns when the host reaches the container's address by its link.
  [[nodiscard]] bool outside_is_ready();

  void cut_off() { remove_link(link_); }

  /// For config.json: crun joins the namespace by a descriptor of this process.
  [[nodiscard]] std::string path() const;

 private:
  ContainerNetwork(UniqueFd space, UniqueFd host, std::string link, std::string address)
      : namespace_(std::move(space)),
        host_(std::move(host)),
        link_(std::move(link)),
        address_(std::move(address)) {}
  [[nodiscard]] bool start_inside();

  UniqueFd namespace_;
  UniqueFd host_;  // until the link is there
  std::string link_;
  std::string address_;
  std::optional<Program> inside_{};
  std::optional<Program> outside_{};
};

}  // namespace hythe::container
