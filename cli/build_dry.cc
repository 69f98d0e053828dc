// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include "cli/commands.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/build/stack.h"
#include "model/config.h"
#include "model/env_name.h"
#include "pipeline/dry_build.h"

namespace hythe {

int build_dry(Arguments& arguments, const Caller& caller) {
  DryBuild order;
  if (!arguments.flag("--dry"))
    arguments.usage_error("apps are built when they are deployed; here only --dry is done");
  order.buildpack = arguments.option("--buildpack");
  if (const auto stack = arguments.option("--stack")) order.stack = parse_stack_name(*stack);
  while (const auto variable = arguments.option("-e")) {
    const auto equals = variable->find('=');
    if (equals == std::string::npos)
      arguments.usage_error(concat("'", printable(*variable, 64), "' is not NAME=VALUE"));
    const std::string name = variable->substr(0, equals);
    const std::string value = variable->substr(equals + 1);
    check_env_variable(name, value);
    order.environment.insert_or_assign(name, value);
  }
  order.source = arguments.word();
  arguments.end();
  // Over ssh a directory would be one of the host's.
  if (caller.is_remote && (order.source != "-" || order.buildpack))
    throw PushError("over ssh only a tar on stdin can be built: tar -c . | ssh … build --dry -",
                    EX_USAGE);
  if (order.source == "-" && order.buildpack)
    arguments.usage_error("--buildpack needs a directory as source");
  dry_build(order, Config::load(), caller.name);
  return EX_OK;
}

}  // namespace hythe
