// SPDX-License-Identifier: Apache-2.0
#include "lib/aliases.h"

namespace hythe {
namespace {

using Variables = std::map<std::string, std::string>;

/// What this value is an alias of, if anything.
Variables::const_iterator target_of(const std::string& value, const Variables& variables) {
  return value.starts_with('$') ? variables.find(value.substr(1)) : variables.end();
}

/// Whoever has taken as many steps as there are variables goes in a circle.
const std::string& resolve(const std::string& value, const Variables& variables) {
  const std::string* resolved = &value;
  for (std::size_t steps = 0; steps <= variables.size(); ++steps) {
    const auto target = target_of(*resolved, variables);
    if (target == variables.end()) return *resolved;
    resolved = &target->second;
  }
  return value;
}

}  // namespace

Variables resolve_aliases(const Variables& variables) {
  Variables out;
  for (const auto& [name, value] : variables)
    out.emplace_hint(out.end(), name, resolve(value, variables));
  return out;
}

}  // namespace hythe
