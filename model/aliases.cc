// SPDX-License-Identifier: Apache-2.0
#include "model/aliases.h"

#include "lib/errors.h"

namespace hythe {
namespace {

using Variables = std::map<std::string, std::string>;

/// What this value is an alias of, if anything.
Variables::const_iterator target_of(const std::string& value, const Variables& variables) {
  return value.starts_with('$') ? variables.find(value.substr(1)) : variables.end();
}

/// What the value stands for; nullptr for one that leads in a circle: whoever has taken as
/// many steps as there are variables.
const std::string* resolve(const std::string& value, const Variables& variables) {
  const std::string* resolved = &value;
  for (std::size_t steps = 0; steps <= variables.size(); ++steps) {
    const auto target = target_of(*resolved, variables);
    if (target == variables.end()) return resolved;
    resolved = &target->second;
  }
  return nullptr;
}

}  // namespace

Variables resolve_aliases(const Variables& variables) {
  Variables out;
  for (const auto& [name, value] : variables) {
    const std::string* const resolved = resolve(value, variables);
    out.emplace_hint(out.end(), name, resolved == nullptr ? value : *resolved);
  }
  return out;
}

void refuse_circle(const std::string& name, const Variables& variables) {
  const auto variable = variables.find(name);
  if (variable == variables.end() || resolve(variable->second, variables) != nullptr) return;
  throw PushError(concat("'", name, "' would be an alias in a circle, by way of '",
                         variable->second, "': one of them must have a value"),
                  EX_DATAERR);
}

}  // namespace hythe
