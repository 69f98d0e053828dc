// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/stack_name.h"
#include "model/config.h"

namespace hythe {

/// What our own buildpacks, and running apps, are told of a stack in STACK: its name (the
/// host's: stack_of_host()), unless 'stack_aliases' of hythe.yml says something else.
[[nodiscard]] std::string own_stack_name(const Config& config, const StackName& stack);

/// What other buildpacks are told: most refuse a name that they do not know. By whose they are,
/// "github.com/heroku" in lower case; "" is for all whom nothing else is said of.
///
/// Without an alias: github.com/Scalingo gets scalingo-22, everybody else heroku-22; a stack
/// called heroku-NN or scalingo-NN says which NN.
[[nodiscard]] std::map<std::string, std::string> foreign_stack_names(const Config& config,
                                                                     const StackName& stack);

/// A name as typed, or PushError with the grammar (EX_USAGE).
[[nodiscard]] StackName parse_stack_name(std::string_view text);

}  // namespace hythe
