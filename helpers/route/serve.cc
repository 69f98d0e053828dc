// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/serve.h"

#include <poll.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/paths.h"
#include "helpers/die.h"
#include "helpers/route/nginx_process.h"
#include "helpers/route/nginx_said.h"
#include "helpers/route/nginx_text.h"
#include "helpers/route/observation.h"
#include "helpers/slot_of.h"

namespace hythe::route_helper {
namespace {

using root::Deadline;

constexpr int kReloadMs = 20'000;
constexpr int kObservationMs = 1000;
constexpr int kPauseMs = 3;
// An old worker that says "shutting down" closes its listening sockets only then, and answers
// what it had accepted.
constexpr int kLastAcceptsMs = 100;

// The last component of paths::kNginxSocket.
constexpr const char* kSocketName = "nginx.sock";
static_assert(std::string_view(paths::kNginxSocket).ends_with("/nginx.sock"));

using NginxText = root::FixedText<kMaxNginxText>;

/// What nginx shall have for an app: nothing (0) without slot, domains or containers. A table
/// whose app lost its slot must not lead to the addresses of the slot's next owner.
Generation write_wanted_text(NginxText& out, const RouteTables& tables,
                             const AppName& app) noexcept {
  char memory[kMaxRouteTable];
  const auto table = tables.read(app, memory);
  if (!table || !table->is_public()) return 0;
  const auto slot = root::slot_of(app);
  if (!slot) return 0;
  const bool has_ipv6 = ::access("/proc/net/if_inet6", F_OK) == 0;
  return write_nginx_text(out, app, *slot, *table, has_ipv6 ? Ipv6::present : Ipv6::absent);
}

bool is_installed(const NginxFiles& files, const AppName& app, std::string_view text) noexcept {
  char memory[kMaxNginxText];
  return files.read(app, memory).value_or(std::string_view()) == text;
}

/// True when the app's file had to change.
bool install(const Routes& routes, const AppName& app) noexcept {
  NginxText text;
  write_wanted_text(text, routes.tables, app);
  if (is_installed(routes.files, app, text.view())) return false;
  routes.files.install(app, text.view());
  return true;
}

/// How many apps' files had to change, those of apps that are gone included.
unsigned install_all(const Routes& routes) noexcept {
  unsigned changed = 0;
  routes.tables.for_each_app([&](const AppName& app) { changed += install(routes, app); });
  routes.files.for_each_app([&](const AppName& app) { changed += install(routes, app); });
  return changed;
}

bool has_loaded(const AppName& app, Generation wanted) noexcept {
  return observe(app, Deadline::in_ms(kObservationMs)).has_loaded(wanted);
}

/// A reload closes every idle connection of a client, at the moment at which its next request
/// may be on its way. So for a while before, answers say that their connection closes: only
/// who has asked for nothing in all that time can still be hit.
class Farewell {
 public:
  Farewell() noexcept : directory_(root::Directory::make(paths::kRun, 0755)) {
    constexpr int kFarewellMs = 200;
    directory_.touch(kName);
    ::poll(nullptr, 0, kFarewellMs);
  }
  ~Farewell() { directory_.remove(kName); }
  /// Ends that of a killed process: every answer would close its connection for ever.
  static void forget() noexcept { root::Directory::make(paths::kRun, 0755).remove(kName); }
  Farewell(const Farewell&) = delete;
  Farewell& operator=(const Farewell&) = delete;

 private:
  static constexpr const char* kName = "reloading";
  static_assert(std::string_view(paths::kReloading) == "/run/hythe/reloading");
  root::Directory directory_;
};

/// What a killed process left.
void clear_leftovers(const Routes& routes) noexcept {
  routes.files.take_back();
  Farewell::forget();
}

/// Reloads nginx and waits until no worker of the old configuration accepts any more and
/// `is_loaded` holds.
template <class Condition>
bool reload(const NginxMaster& master, Condition is_loaded) noexcept {
  const Farewell farewell;
  const Deadline deadline = Deadline::in_ms(kReloadMs);
  const NginxWorkers old = NginxWorkers::of(master);
  if (!master.reload() || !old.have_left(deadline)) return false;
  while (!is_loaded()) {
    if (deadline.has_passed()) return false;
    ::poll(nullptr, 0, kPauseMs);  // nginx announces nothing: it has to be asked
  }
  ::poll(nullptr, 0, kLastAcceptsMs);
  return true;
}

bool fail(Failure& failure, int sysexit, std::string_view sentence,
          std::string_view reason = {}) noexcept {
  failure.sysexit = sysexit;
  failure.sentence.clear();
  failure.sentence.add(sentence).add(reason);
  return false;
}

bool fail_refused(Failure& failure, std::string_view said) noexcept {
  return fail(failure, EX_CONFIG, "nginx refuses its configuration: ", reason_of_refusal(said));
}

/// Everything that nginx -t says: a host has as many warnings as it has sites.
root::Text& nginx_said() noexcept {
  static root::FixedText<131'072> said;
  return said;
}

/// Takes back the change of each app that brings a domain for which the administrator's nginx
/// has another server, and calls refused(app, domain); the others' go on. A domain that the
/// app had before is not judged again: that server came later.
template <class Refused>
void take_back_conflicts(const NginxFiles& files, std::string_view said,
                         Refused refused) noexcept {
  files.for_each_unsettled_app([&](const AppName& app) {
    char memory[2][kMaxNginxText];
    const auto text = files.read(app, memory[0]).value_or(std::string_view());
    const DomainList before = domains_of_nginx_text(files.read_previous(app, memory[1]));
    for (const std::string_view domain : domains_of_nginx_text(text)) {
      if (before.contains(domain) || !is_conflicting(said, domain)) continue;
      files.take_back(app);
      return refused(app, domain);
    }
  });
}

bool fail_conflicting(Failure& failure, std::string_view domain) noexcept {
  const root::FixedText<256> quoted('\'', domain, '\'');
  return fail(failure, EX_NOPERM, quoted.view(),
              " is served by another site of this host's nginx");
}

bool fail_not_loaded(Failure& failure) noexcept {
  return fail(failure, EX_UNAVAILABLE,
              "nginx did not take up its new configuration: its error log says why");
}

}  // namespace

bool is_served(const Routes& routes, const AppName& app) noexcept {
  NginxText text;
  const Generation wanted = write_wanted_text(text, routes.tables, app);
  return !routes.files.is_unsettled(app) && is_installed(routes.files, app, text.view()) &&
         has_loaded(app, wanted);
}

bool serve(const Routes& routes, const AppName& app, Failure& failure) noexcept {
  NginxText text;
  const Generation wanted = write_wanted_text(text, routes.tables, app);
  const auto master = NginxMaster::find();
  if (!master && wanted != 0) return fail(failure, EX_UNAVAILABLE, "nginx is not running");

  clear_leftovers(routes);
  const unsigned changed = install_all(routes);
  root::Text& said = nginx_said();
  bool is_accepted = test_nginx_configuration(said);
  if (!is_accepted && changed > 1) {
    // Another app's change may be the one that nginx refuses: then ours goes alone.
    routes.files.take_back();
    install(routes, app);
    is_accepted = test_nginx_configuration(said);
  }
  bool is_ours = true;
  if (is_accepted)
    take_back_conflicts(routes.files, said.view(),
                        [&](const AppName& refused, std::string_view domain) {
                          if (refused == app) is_ours = fail_conflicting(failure, domain);
                        });
  if (!is_accepted || !is_ours) {
    routes.files.take_back();
    return is_ours ? fail_refused(failure, said.view()) : false;
  }
  if (master && !reload(*master, [&] { return has_loaded(app, wanted); })) {
    routes.files.take_back();
    (void)master->reload();  // in case it takes up the refused one yet
    return fail_not_loaded(failure);
  }
  routes.files.keep();
  return true;
}

void serve_or_undo(const Routes& routes, const AppName& app, TableChange& change) noexcept {
  if (is_served(routes, app)) return;
  const root::Lock lock = lock_nginx();
  if (is_served(routes, app)) return;  // by the reload that we waited for
  Failure failure;
  if (serve(routes, app, failure)) return;
  change.undo();
  root::die(failure.sysexit, failure.sentence.view());
}

bool serve_all(const Routes& routes, Failure& failure) noexcept {
  clear_leftovers(routes);
  const unsigned changed = install_all(routes);
  root::Text& said = nginx_said();
  if (!test_nginx_configuration(said)) {
    routes.files.take_back();
    return fail_refused(failure, said.view());
  }
  bool has_all = true;
  take_back_conflicts(routes.files, said.view(), [&](const AppName&, std::string_view domain) {
    has_all = fail_conflicting(failure, domain);
  });
  routes.files.keep();
  const auto master = NginxMaster::find();
  if (!master) {
    // A killed nginx leaves its socket, and could not start again because of it.
    if (!is_anybody_listening())
      root::Directory::make(paths::kPrivate, 0700).remove(kSocketName);
    return fail(failure, EX_UNAVAILABLE, "nginx is not running: its files wait for its start");
  }

  const auto all_are_loaded = [&] {
    bool all = true;
    routes.tables.for_each_app([&](const AppName& app) {
      NginxText text;
      const Generation wanted = write_wanted_text(text, routes.tables, app);
      // A text that was taken back above is nothing to wait for.
      if (all && is_installed(routes.files, app, text.view())) all = has_loaded(app, wanted);
    });
    return all;
  };
  if (changed == 0 && all_are_loaded()) return true;
  return reload(*master, all_are_loaded) ? has_all : fail_not_loaded(failure);
}

}  // namespace hythe::route_helper
