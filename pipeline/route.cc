// SPDX-License-Identifier: Apache-2.0
#include "pipeline/route.h"

#include "core/paths.h"
#include "lib/errors.h"
#include "model/helper.h"
#include "model/public_port.h"
#include "pipeline/domains.h"

namespace hythe {

std::string domain_of(const AppName& app, const Config& config) {
  return concat(app.view(), '.', config.base_domain);
}

std::vector<std::string> addresses(const App& app, const Release& release,
                                   const Config& config) {
  const auto serves = [&](const char* type) {
    return release.command(type) != nullptr && app.count(type) > 0;
  };
  const std::string domain = domain_of(app.name, config);
  std::vector<std::string> out;
  if (serves("web")) out.push_back("http://" + domain);
  if (serves("tcp"))
    if (const auto port = public_port(app.name))
      out.push_back(concat("tcp://", domain, ':', *port));
  return out;
}

std::string addresses(const App& app, const Config& config) {
  if (app.release == 0) return "http://" + domain_of(app.name, config);
  std::string line;
  for (const std::string& one : addresses(app, Release::load(app.name, app.release), config))
    line += (line.empty() ? "" : " ") + one;
  return line;
}

void prepare_route(const Launched& launched, const App& app, const Config& config) {
  const unsigned tcp = launched.count("tcp");
  if (tcp > 0) claim_any_port(app.name, config.tcp_ports);
  std::string domains;
  for (const std::string& domain : domains_of(app, config)) domains += domain + '\n';
  call_helper(paths::kRouteHelper,
              {"set", std::string(app.name.view()), word(launched.lane.lane()),
               std::to_string(launched.count("web")), std::to_string(tcp)},
              domains);
}

void switch_to(const AppName& app, Lane lane, const AppLock& lock) {
  call_helper_leased(lock, paths::kRouteHelper,
                     {"switch", std::string(app.view()), word(lane)});
}

void close_route(const AppName& app, const AppLock& lock) {
  call_helper_locked(lock, paths::kRouteHelper, {"off", std::string(app.view())});
}

void balance_port(const AppName& app) {
  call_helper(paths::kRouteHelper, {"balance", std::string(app.view())});
}

void move_traffic(const Pending& pending, const AppLock& lock) {
  pending.save();
  try {
    switch_to(pending.wanted.name, pending.lane, lock);
  } catch (...) {
    // hythe-route may have been killed after it had moved traffic: the lanes say.
    pending.revert(lock);
    throw;
  }
}

}  // namespace hythe
