// SPDX-License-Identifier: Apache-2.0
#include "model/build/stack.h"

#include "core/lower_case.h"
#include "lib/errors.h"
#include "lib/os_release.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr const char* kOfficial = "official";
constexpr const char* kOthers = "others";
constexpr const char* kScalingo = "github.com/scalingo";

/// "24" of heroku-24 and scalingo-24.
std::string year_of(const StackName& stack) {
  for (const std::string_view family : {"heroku-", "scalingo-"})
    if (stack.view().starts_with(family))
      return std::string(stack.view().substr(family.size()));
  return "22";
}

const std::map<std::string, std::string>* aliases_of(const Config& config,
                                                     const StackName& stack) {
  const auto found = config.stack_aliases.find(std::string(stack.view()));
  return found == config.stack_aliases.end() ? nullptr : &found->second;
}

}  // namespace

std::string own_stack_name(const Config& config, const StackName& stack) {
  if (const auto* aliases = aliases_of(config, stack))
    if (const auto official = aliases->find(kOfficial); official != aliases->end())
      return official->second;
  return stack.is_host() ? stack_of_host() : std::string(stack.view());
}

std::map<std::string, std::string> foreign_stack_names(const Config& config,
                                                       const StackName& stack) {
  std::map<std::string, std::string> names = {{"", "heroku-" + year_of(stack)},
                                              {kScalingo, "scalingo-" + year_of(stack)}};
  if (const auto* aliases = aliases_of(config, stack))
    for (const auto& [source, name] : *aliases)
      if (source != kOfficial)
        names.insert_or_assign(source == kOthers ? "" : lower_case(source), name);
  return names;
}

StackName parse_stack_name(std::string_view text) {
  if (const auto name = StackName::parse(text)) return *name;
  throw PushError(concat("'", printable(text.substr(0, 60)),
                         "' is not the name of a stack\na name is 1 to ", StackName::kMaxLength,
                         " characters of a-z, 0-9, '.' and '-', and begins with a letter or a "
                         "digit"),
                  EX_USAGE);
}

}  // namespace hythe
