// SPDX-License-Identifier: Apache-2.0
#include <netinet/in.h>
#include <sys/socket.h>

#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/lane_marker.h"
#include "helpers/route/answer.h"
#include "helpers/route/port_rules.h"
#include "helpers/route/verbs.h"
#include "helpers/slot_of.h"

namespace hythe::route_helper {
namespace {

using root::Decimal;
using root::die;

/// The ports that apps have, also apps that are only half destroyed.
class Taken {
 public:
  explicit Taken(const RouteTables& tables) noexcept {
    tables.for_each_app([&](const AppName& app) {
      char memory[kMaxRouteTable];
      const auto table = tables.read(app, memory);
      if (table && table->port != 0) is_taken_[table->port - kFirstPublicPort] = true;
    });
  }
  [[nodiscard]] bool contains(unsigned port) const noexcept {
    return is_taken_[port - kFirstPublicPort];
  }

 private:
  std::array<bool, kLastPublicPort - kFirstPublicPort + 1> is_taken_{};
};

/// Whether a server of the host's has it: the kernel says so to whoever wants to be one, too.
bool is_listened_on(unsigned port) noexcept {
  const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) root::die_errno("create a socket");
  const int yes = 1;  // connections that linger are no server
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in everywhere{};
  everywhere.sin_family = AF_INET;
  everywhere.sin_port = htons(static_cast<std::uint16_t>(port));
  return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&everywhere),
                sizeof everywhere) != 0;
}

/// The first that nobody has, from the app's own place in the range on: ports are, like
/// slots, used again as late as possible.
unsigned choose_port(const RouteTables& tables, const RouteRequest& request,
                     Slot slot) noexcept {
  const Taken taken(tables);
  const unsigned count = request.last - request.first + 1;
  for (unsigned i = 0; i < count; ++i) {
    const unsigned port = request.first + (slot.value - Slot::kFirst + i) % count;
    if (!taken.contains(port) && !is_listened_on(port)) return port;
  }
  if (count == 1)
    die(EX_UNAVAILABLE, "port ", Decimal(request.first), " is taken: by ",
        taken.contains(request.first) ? "another app" : "a server of this host");
  die(EX_UNAVAILABLE, "no port from ", Decimal(request.first), " to ", Decimal(request.last),
      " is free");
}

/// Gives the app the port that `choose` makes of the one it has; that one is returned.
template <class Choose>
unsigned change_port(TableChange& change, Choose choose) noexcept {
  unsigned before = 0;
  change.make([&](RouteTable& table) noexcept {
    before = table.port;
    table.port = choose(before);
    if (table.port == 0) table.tcp = {};
    return table.port != 0 || !table.domains.empty() || !table.web.are_none();
  });
  return before;
}

/// Where it leads follows.
void follow(const RouteTables& tables, const AppName& app, unsigned before,
            TableChange& change) noexcept {
  const root::Lock lock = lock_lanes();
  Failure failure;
  if (lead_port(tables, app, root::live_lane(app), before, failure)) return;
  change.undo();
  die(failure.sysexit, failure.sentence.view());
}

}  // namespace

void port(const AppName& app) noexcept {
  char memory[kMaxRouteTable];
  const auto table = RouteTables::open().read(app, memory);
  if (table && table->port != 0) answer(kPortAnswer, Decimal(table->port));
}

void allot(const RouteRequest& request) noexcept {
  const AppName& app = *request.app;
  const auto slot = root::slot_of(app);
  if (!slot) die(EX_NOINPUT, "there is no app '", app.view(), "'");
  root::ignore_interruptions();
  const RouteTables tables = RouteTables::open();
  TableChange change(tables, app);
  unsigned wanted = 0;
  const unsigned before = change_port(change, [&](unsigned has) noexcept {
    const bool is_good = has >= request.first && has <= request.last;
    return wanted = is_good ? has : choose_port(tables, request, *slot);
  });
  // Beyond this point the port is the app's, and no other can get it.
  if (before != 0 && before != wanted) follow(tables, app, before, change);
  answer(kPortAnswer, Decimal(wanted));
}

void free_port(const AppName& app) noexcept {
  root::ignore_interruptions();
  const RouteTables tables = RouteTables::open();
  TableChange change(tables, app);
  const unsigned before = change_port(change, [](unsigned) noexcept { return 0U; });
  if (before != 0) follow(tables, app, before, change);
}

}  // namespace hythe::route_helper
