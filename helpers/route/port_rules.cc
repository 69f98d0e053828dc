// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/port_rules.h"

#include <sysexits.h>

#include "core/paths.h"
#include "helpers/command.h"
#include "helpers/lane_marker.h"
#include "helpers/route/port_text.h"
#include "helpers/slot_of.h"

namespace hythe::route_helper {
namespace {

using root::Deadline;
using root::FixedText;

constexpr int kNftMs = 10'000;
constexpr const char* const kLoad[] = {paths::kNft, "-f", "-", nullptr};
constexpr const char* const kList[] = {paths::kNft, "-s", "-n",        "list",
                                       "table",     "ip", "hythe_tcp", nullptr};

/// Every app there can be, each with 30 containers; and what nft makes of it.
using AllPortsText = FixedText<kMaxPortFrame + Slot::kLast * kMaxPortText>;

/// The one big text of the process, which has no heap.
AllPortsText& big_text() noexcept {
  static AllPortsText text;
  text.clear();
  return text;
}

/// An app's port and where it should lead: a target without containers is nowhere.
struct Port {
  unsigned number = 0;
  PortTarget target{};
};

Port port_of(const RouteTables& tables, const AppName& app, std::optional<Lane> lane) noexcept {
  char memory[kMaxRouteTable];
  const auto table = tables.read(app, memory);
  if (!table || table->port == 0) return {};
  Port port{.number = table->port};
  // As with nginx's text: never the addresses of the slot's next owner.
  const auto slot = lane ? root::slot_of(app) : std::nullopt;
  if (slot) port.target = target_in(*lane, app, *slot, *table);
  return port;
}

bool load(root::Text& text, root::Text& complaint) noexcept {
  FixedText<2048> said;
  // Safe: a fixed program and arguments, and text of literals and validated types.
  if (root::run_command(kLoad, text.view(), said, Deadline::in_ms(kNftMs)).succeeded())
    return true;
  const std::size_t end = said.view().find('\n');
  complaint.clear();
  complaint.add(
      std::string_view(said.c_str(), end == std::string_view::npos ? said.view().size() : end));
  return false;
}

bool fail(Failure& failure, const root::Text& complaint) noexcept {
  failure.sysexit = EX_UNAVAILABLE;
  failure.sentence.clear();
  failure.sentence.add("nft does not take up the ports of apps: ").add(complaint.view());
  return false;
}

/// All ports, with `moving` already led to `lane`.
bool rewrite(const RouteTables& tables, const AppName* moving, std::optional<Lane> lane,
             Failure& failure) noexcept {
  AllPortsText& text = big_text();
  write_no_ports(text);
  write_port_frame(text);
  tables.for_each_app([&](const AppName& app) {
    const bool is_moving = moving != nullptr && app == *moving;
    const Port port = port_of(tables, app, is_moving ? lane : root::live_lane(app));
    if (port.target.count != 0) write_port(text, app, port.number, port.target);
  });
  FixedText<2048> complaint;
  return load(text, complaint) || fail(failure, complaint);
}

}  // namespace

root::Lock lock_lanes() noexcept {
  (void)root::Directory::make(paths::kRun, 0755);
  return root::Lock::take(root::Directory::make(paths::kPrivate, 0700), "route-switch.lock",
                          Deadline::in_ms(30'000));
}

bool lead_port(const RouteTables& tables, const AppName& app, std::optional<Lane> lane,
               unsigned former, Failure& failure) noexcept {
  const Port port = port_of(tables, app, lane);
  if (port.number == 0 && former == 0) return true;
  FixedText<kMaxPortFrame + 3 * kMaxPortText> text;
  write_port_frame(text);
  if (former != 0 && former != port.number) write_no_port(text, app, former);
  if (port.number != 0 && port.target.count == 0) write_no_port(text, app, port.number);
  if (port.target.count != 0) write_port(text, app, port.number, port.target);
  FixedText<2048> complaint;
  return load(text, complaint) || rewrite(tables, &app, lane, failure);
}

bool lead_all_ports(const RouteTables& tables, Failure& failure) noexcept {
  return rewrite(tables, nullptr, std::nullopt, failure);
}

PortListing PortListing::take() noexcept {
  AllPortsText& listing = big_text();
  // Without the table it says why not, which is no listing of anything.
  (void)root::run_command(kList, {}, listing, Deadline::in_ms(kNftMs), root::Stdout::told);
  return PortListing(listing.view());
}

bool PortListing::is_right(const RouteTables& tables, const AppName& app) const noexcept {
  const Port port = port_of(tables, app, root::live_lane(app));
  if (port.target.count == 0) return true;
  return lists_port_frame(listing_) && lists_port(listing_, app, port.number, port.target);
}

}  // namespace hythe::route_helper
