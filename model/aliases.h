// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace hythe {

/// The same variables, with the value of another one in the place of an alias: one whose whole
/// value is `$OTHER`, so that DATABASE_URL can be whatever an add-on's variable is. An alias
/// may lead to an alias. One that leads nowhere, or in a circle, is a value like any other.
[[nodiscard]] std::map<std::string, std::string> resolve_aliases(
    const std::map<std::string, std::string>& variables);

/// Throws PushError (EX_DATAERR) when the variable of that name is an alias that leads in a
/// circle.
void refuse_circle(const std::string& name,
                   const std::map<std::string, std::string>& variables);

}  // namespace hythe
