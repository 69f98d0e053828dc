// SPDX-License-Identifier: Apache-2.0
#include "cli/ordering.h"

#include <sysexits.h>
#include <unistd.h>

#include <iostream>

#include "lib/errors.h"
#include "model/config.h"
#include "pipeline/pending.h"
#include "pipeline/trigger.h"

namespace hythe {

AppLock take_lock(const AppName& app, const char* doing, const Caller& caller) {
  return AppLock::take_aloud(app, caller.name, doing);
}

int order_deployment(Order order, const Caller& caller) {
  order.who = caller.name;
  std::cout.flush();
  return trigger(order, Config::load(),
                 {.out_fd = STDOUT_FILENO,
                  .client_fd = STDOUT_FILENO,
                  .colours = colours_for(STDOUT_FILENO)});
}

void change_silently(const AppName& name, const Change& change, const char* doing,
                     const Caller& caller) {
  const AppLock lock = take_lock(name, doing, caller);
  settle(name, lock, Config::load());
  App app = App::load(name);  // now that nobody else changes it
  change.apply_to(app);
  if (app.release != 0)
    for (const auto& variable : change.environment) app.waiting.insert(variable.first);
  app.save();
}

int order_change(const AppName& name, Change change, const char* trigger_name,
                 const Caller& caller) {
  if (App::load(name).release == 0) {
    const AppLock lock = take_lock(name, trigger_name, caller);
    settle(name, lock, Config::load());
    App app = App::load(name);  // again, now that nobody else changes it
    if (app.release == 0) {
      change.apply_to(app);
      app.save();
      std::cout << "Set for the first deployment of " << name.view() << '\n';
      return EX_OK;
    }
  }
  return order_deployment({.kind = Order::Kind::change,
                           .app = name,
                           .who = {},
                           .change = std::move(change),
                           .trigger = trigger_name},
                          caller);
}

}  // namespace hythe
