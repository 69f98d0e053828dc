// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "core/decimal.h"
#include "core/helper_contract.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/app.h"
#include "model/config.h"
#include "model/public_port.h"
#include "model/release.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

bool needs_port(const App& app) {
  return app.release != 0 && app.count("tcp") > 0 &&
         Release::load(app.name, app.release).command("tcp") != nullptr;
}

void give_back(const App& app) {
  if (needs_port(app))
    throw PushError(concat("'", app.name.view(), "' has tcp processes, which need the port\n",
                           "stop them first: hythe scale ", app.name.view(), " tcp=0"),
                    EX_DATAERR);
  free_port(app.name);
}

/// One of the host's range: it is the administrator's to say which ports are open.
unsigned parse_choice(const std::string& word, const PortRange& range) {
  const auto port = parse_decimal(word, kLastPublicPort);
  if (!port || !range.contains(static_cast<unsigned>(*port)))
    throw PushError(concat("'", printable(word, 40), "' is not a port from ", range.text(),
                           "\nthe range is 'tcp_ports' in /etc/hythe/hythe.yml"),
                    EX_USAGE);
  return static_cast<unsigned>(*port);
}

}  // namespace

int tcp(Arguments& arguments, const Caller& caller) {
  const bool is_free = arguments.flag("--free");
  const AppName name = arguments.app();
  const auto choice = arguments.optional_word();
  arguments.end();
  if (is_free && choice) arguments.usage_error("either a port or --free");
  (void)App::load(name);  // or there is nothing to be reached
  const Config config = Config::load();

  std::optional<unsigned> port;
  if (choice) port = parse_choice(*choice, config.tcp_ports);
  if (!choice && !is_free) port = public_port(name);  // nobody is waited for to show it
  if (!port || choice) {
    const AppLock lock = take_lock(name, "tcp", caller);
    if (is_free) {
      give_back(App::load(name));
      return EX_OK;
    }
    if (choice) claim_port(name, *port);
    port = claim_any_port(name, config.tcp_ports);
  }
  std::cout << "tcp://" << domain_of(name, config) << ':' << *port << '\n';
  return EX_OK;
}

}  // namespace hythe
