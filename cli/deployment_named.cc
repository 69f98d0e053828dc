// SPDX-License-Identifier: Apache-2.0
#include "cli/deployment_named.h"

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {

Deployment deployment_named(const AppName& app, const std::string& number) {
  const auto parsed = parse_decimal(number, kMaxNumber);
  auto deployment = parsed ? Deployment::load(app, static_cast<Number>(*parsed)) : std::nullopt;
  if (!deployment)
    throw PushError(concat("'", app.view(), "' has no deployment '", printable(number, 20),
                           "'\nall of them: hythe deployments ", app.view()),
                    EX_NOINPUT);
  return *deployment;
}

}  // namespace hythe
