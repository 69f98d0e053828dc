// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/helper_contract.h"
#include "helpers/container/claim.h"
#include "helpers/container/crun.h"
#include "helpers/container/network.h"

namespace hythe::container {

/// Which tree a container's /app or /build is, and which one its root.
struct Tree {
  Number release = 0;                   // /app is this release…
  Number deployment = 0;                // …or, when it is zero, /build is this build
  std::optional<StackVersion> stack{};  // that it is built, or was built, on; nullopt: host
};

/// A place for a container, where it can be run once or again and again: the claim, the
/// network and the bundle. They are gone with this object, the network in the kernel's own
/// time. Whoever has run a container in it clears it first.
class Place {
 public:
  /// nullopt, with a complaint, when it cannot be made; then nothing is left of it.
  [[nodiscard]] static std::optional<Place> make(Claim claim, Slot slot, Tree tree,
                                                 const std::string& host_name,
                                                 const ContainerSpec& spec,
                                                 std::string_view spec_bytes);
  Place(Place&&) = default;
  Place& operator=(Place&&) = delete;

  /// Runs the container. It is reached by its address when this returns. nullopt, with a
  /// complaint, on failure.
  [[nodiscard]] std::optional<Running> run(Streams streams);
  /// Of a container that has ended: what crun and the cgroup tree know of it is removed.
  void clear() { forget_container(id()); }

  /// The link goes now. By itself it stays for minutes when the kernel still wants to deliver
  /// what the processes of a container have said last, to clients that will not answer.
  void cut_off() { network_.cut_off(); }

  [[nodiscard]] const ContainerId& id() const { return claim_.id(); }
  [[nodiscard]] const Claim& claim() const { return claim_; }

 private:
  Place(Claim claim, ContainerNetwork network, std::optional<Layer> layer)
      : claim_(std::move(claim)), network_(std::move(network)), layer_(layer) {}
  Claim claim_;
  ContainerNetwork network_;
  std::optional<Layer> layer_;
};

/// "shop-web-1": what a container calls itself.
[[nodiscard]] std::string host_name_of(const AppName& app, std::string_view process);

/// The first free place of those for builds and one-offs; nullopt, with a complaint, when
/// there is none.
[[nodiscard]] std::optional<Claim> claim_one_off(const AppName& app);

}  // namespace hythe::container
