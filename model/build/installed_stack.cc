// SPDX-License-Identifier: Apache-2.0
#include "model/build/installed_stack.h"

#include <algorithm>
#include <filesystem>

#include "core/decimal.h"
#include "core/paths.h"
#include "core/stack_tree.h"
#include "lib/errors.h"
#include "lib/os_release.h"
#include "lib/printable.h"
#include "lib/yaml.h"
#include "model/build/stack.h"

namespace hythe {

std::vector<InstalledStack> InstalledStack::all() {
  std::vector<InstalledStack> stacks;
  std::error_code none;  // a host that never had one
  for (const auto& entry : std::filesystem::directory_iterator(paths::kStacks, none)) {
    // Those under way, or on their way out, begin with a dot.
    const auto version = StackVersion::parse(entry.path().filename().string());
    if (!version) continue;
    const Yaml about = Yaml::load(entry.path() / stack_tree::kAbout);
    stacks.push_back(
        {.version = *version,
         .suite = printable(about["suite"].text()),
         .size = parse_decimal(about["size"].text(), std::uint64_t{1} << 50U).value_or(0)});
  }
  std::sort(stacks.begin(), stacks.end(), [](const auto& a, const auto& b) {
    if (a.version.name() == b.version.name()) return a.version.is_newer_than(b.version);
    return a.version.name().view() < b.version.name().view();
  });
  return stacks;
}

std::optional<InstalledStack> InstalledStack::newest(const StackName& name) {
  for (InstalledStack& stack : all())
    if (stack.version.name() == name) return std::move(stack);
  return std::nullopt;
}

void require_stack(const StackName& name) {
  if (name.is_host() || InstalledStack::newest(name)) return;
  throw PushError(
      concat("there is no stack '", name.view(),
             "'\nall of them: hythe stack list; a new one: sudo hythe stack create ",
             name.view()),
      EX_NOINPUT);
}

StackName stack_of_new_apps(const Config& config) {
  if (!config.stack.empty()) {
    const StackName name = parse_stack_name(config.stack);
    require_stack(name);
    return name;
  }
  const auto own = StackName::parse(stack_of_host());
  return own && InstalledStack::newest(*own) ? *own : StackName::host();
}

}  // namespace hythe
