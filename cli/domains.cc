// SPDX-License-Identifier: Apache-2.0
#include "pipeline/domains.h"

#include <sysexits.h>

#include <algorithm>
#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/errors.h"
#include "lib/net/domain_name.h"
#include "lib/printable.h"
#include "pipeline/pending.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

int show(const App& app, const Config& config) {
  for (const std::string& domain : domains_of(app, config)) {
    std::cout << with_readable(domain);
    if (domain == domain_of(app.name, config)) std::cout << "  (of the host)";
    std::cout << '\n';
  }
  return EX_OK;
}

void add(std::vector<std::string>& domains, const std::string& domain) {
  if (std::find(domains.begin(), domains.end(), domain) == domains.end())
    domains.push_back(domain);
}

void remove(std::vector<std::string>& domains, const std::string& domain, const App& app) {
  const auto found = std::find(domains.begin(), domains.end(), domain);
  if (found == domains.end())
    throw PushError(concat("'", app.name.view(), "' has no domain '", printable(domain),
                           "'\nwhat it has: hythe domains ", app.name.view()),
                    EX_NOINPUT);
  domains.erase(found);
}

std::vector<std::string> changed(const App& app, const std::string& action,
                                 const std::vector<std::string>& words, const Config& config) {
  const std::string of_host = domain_of(app.name, config);
  std::vector<std::string> domains = app.domains;
  for (const std::string& word : words) {
    const std::string domain = to_ascii_domain(word);
    if (action == "add") {
      if (domain != of_host) add(domains, domain);
    } else if (domain == of_host) {
      throw PushError(concat("'", domain, "' stays for as long as the app does",
                             "\nit is below the host's base_domain, in hythe.yml"));
    } else {
      remove(domains, domain, app);
    }
  }
  return domains;
}

}  // namespace

int domains(Arguments& arguments, const Caller& caller) {
  App app = App::load(arguments.app());
  const std::string action = arguments.optional_word().value_or("list");
  const auto words = arguments.rest();
  const Config config = Config::load();
  if (action == "list" && words.empty()) return show(app, config);
  if (words.empty() || (action != "add" && action != "remove"))
    arguments.usage_error(concat("'", printable(action), "' is not understood"));

  const AppLock lock = take_lock(app.name, "domains", caller);
  settle(app.name, lock, config);
  app = App::load(app.name);  // again, now that nobody else changes it
  auto wanted = changed(app, action, words, config);
  if (wanted != app.domains) change_domains(app, std::move(wanted), lock, config);
  return show(App::load(app.name), config);
}

}  // namespace hythe
