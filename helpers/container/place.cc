// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/place.h"

#include "helpers/container/bundle.h"
#include "helpers/container/complain.h"
#include "helpers/container/firewall.h"
#include "helpers/container/release_use.h"
#include "helpers/container/resolvers.h"
#include "helpers/slot_of.h"

namespace hythe::container {

std::optional<Place> Place::make(Claim claim, Slot slot, Tree tree,
                                 const std::string& host_name, const ContainerSpec& spec,
                                 std::string_view spec_bytes) {
  const ContainerId id = claim.id();
  // With the claim, a `destroy` of the app finds us; one that came before is seen here. So no
  // container ever runs in a slot that was freed.
  const auto slot_now = root::slot_of(id.app);
  if (!slot_now || slot_now->value != slot.value) {
    complain("the app '", id.app.view(), "' is gone");
    return std::nullopt;
  }
  // A monitor that was killed leaves its container behind. With the claim in our hands it is
  // nobody's.
  forget_container(id);
  if (!hold_release(claim, slot, tree.release)) return std::nullopt;
  if (!become_reaper()) return std::nullopt;

  // nft and ip are at work while the bundle is written.
  const Resolvers resolvers = resolvers_of_host();
  auto firewall = FirewallCheck::begin(resolvers.servers);
  auto network = ContainerNetwork::begin(slot, id.lane, id.position);
  if (!firewall || !network) return std::nullopt;
  const Plan plan{.slot = slot,
                  .host_name = host_name,
                  .release = tree.release,
                  .deployment = tree.deployment,
                  .stack = tree.stack,
                  .network = network->path()};
  const bool is_written = write_bundle(claim, plan, spec, spec_bytes, resolvers);
  // Both must be true before anything of the app's runs.
  if (!network->inside_is_ready() || !firewall->finish() || !is_written) return std::nullopt;

  std::optional<Layer> layer;
  if (tree.release != 0)
    layer = Layer{.mib = scratch_mib(spec.memory_mib), .owner = slot.uid()};
  return Place(std::move(claim), std::move(*network), layer);
}

std::optional<Running> Place::run(Streams streams) {
  auto running = run_container(claim_, layer_, streams);
  // Has been on its way since the inside was ready; crun takes longer.
  if (running && network_.outside_is_ready()) return running;
  clear();
  return std::nullopt;
}

std::string host_name_of(const AppName& app, std::string_view process) {
  std::string out = std::string(app.view()).append("-").append(process);
  for (char& c : out)
    if (c == '.' || c == '_') c = '-';
  return out;
}

std::optional<Claim> claim_one_off(const AppName& app) {
  for (unsigned i = 0; i < Position::kCount; ++i)
    if (auto claim = Claim::take({app, Lane::one_off, Position{i}})) return claim;
  complain("all ", std::to_string(Position::kCount), " places for builds and one-offs of '",
           app.view(), "' are taken");
  return std::nullopt;
}

}  // namespace hythe::container
