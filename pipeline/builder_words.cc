// SPDX-License-Identifier: Apache-2.0
#include "pipeline/builder_words.h"

#include "core/build_name.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "model/aliases.h"
#include "model/build/stack.h"

namespace hythe {

BuilderWords::BuilderWords(const BuildPlace& place, const std::string& version,
                           const Config& config)
    : words_{paths::inside::kBuilder} {
  add("id", concat(place.app.view(), '-', place.deployment));
  add("commit", version);
  add("app", std::string(place.app.view()));
  add("stack", own_stack_name(config, place.stack));
  for (const auto& [source, name] : foreign_stack_names(config, place.stack))
    add("stack-for", concat(source, '=', name));
  for (const auto& [name, value] : config.build_environment)
    environment_.push_back(concat(kHostVariablePrefix, name, '=', value));
  if (!config.submodule_base.empty())
    add_secret("submodule-base", concat(config.submodule_base, '/', place.app.view()));
  if (config.limits.build_memory != 0)
    add("memory", std::to_string(config.limits.build_memory));
  add("source-size", std::to_string(config.limits.source_size));
  add("source-files", std::to_string(config.limits.source_files));
  add("path-length", std::to_string(config.limits.path_length));
}

void BuilderWords::add(const char* key, std::string value) {
  words_.emplace_back(key);
  words_.push_back(std::move(value));
}

void BuilderWords::add_secret(const char* key, const std::string& value) {
  environment_.push_back(concat(kWordPrefix, key, '=', value));
}

ContainerCommand build_command(const BuilderWords& words,
                               const std::map<std::string, std::string>& environment,
                               const Limits& limits) {
  ContainerCommand command{.memory = limits.build_memory,
                           .pids = limits.build_pids,
                           .cpu_percent = limits.build_cpu,
                           .time = limits.build_time,
                           .argv = words.argv(),
                           .environment = words.environment()};
  for (const auto& [name, value] : resolve_aliases(environment))
    command.environment.push_back(concat(name, '=', value));
  return command;
}

}  // namespace hythe
