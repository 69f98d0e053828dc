// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/route/answer.h"
#include "helpers/route/port_rules.h"
#include "helpers/route/serve.h"
#include "helpers/route/verbs.h"

namespace hythe::route_helper {
namespace {

/// Room for two of every app.
using Answers = root::FixedText<std::size_t{Slot::kLast} * 2 * 128>;

void look(const std::optional<AppName>& only, root::Text& answers) noexcept {
  const Routes routes = Routes::open();
  // A switch that is under way is in order before it or after it.
  const root::Lock lock = lock_lanes();
  const PortListing ports = PortListing::take();
  routes.tables.for_each_app([&](const AppName& app) {
    if (only && !(app == *only)) return;
    if (!ports.is_right(routes.tables, app)) add_answer(answers, kPortAnswer, app.view());
    if (!is_served(routes, app)) add_answer(answers, kNginxAnswer, app.view());
  });
}

}  // namespace

void check(const std::optional<AppName>& only) noexcept {
  root::ignore_interruptions();
  static Answers answers;
  look(only, answers);
  // A caller reads when it likes: no lock waits for that.
  write_answers(answers);
  if (!answers.view().empty()) root::die(EX_UNAVAILABLE, "not all is routed as it should be");
}

}  // namespace hythe::route_helper
