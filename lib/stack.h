// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/stack_name.h"
#include "lib/config.h"

namespace hythe {

/// What builds and containers are told of the host's stack, in STACK.
inline constexpr const char* kHostStack = "debian-12";

/// What a buildpack is told of the stack it runs on, in STACK. Most refuse a name that they do
/// not know, so each source of buildpacks may get one of its own ('stack_aliases' of
/// hythe.yml). `buildpack_url` is empty for our own buildpacks, whose name is also the running
/// app's.
///
/// Without an alias: ours get the stack's name (the host's: kHostStack), github.com/Scalingo
/// scalingo-22, everybody else heroku-22; a stack called heroku-NN or scalingo-NN says which
/// NN.
[[nodiscard]] std::string stack_name_for(std::string_view buildpack_url, const Config& config,
                                         const StackName& stack);

/// A name as typed, or PushError with the grammar (EX_USAGE).
[[nodiscard]] StackName parse_stack_name(std::string_view text);

}  // namespace hythe
