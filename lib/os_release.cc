// SPDX-License-Identifier: Apache-2.0
#include "lib/os_release.h"

#include <algorithm>

#include "core/lower_case.h"
#include "core/paths.h"
#include "core/stack_name.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

/// KEY=VALUE, the value quoted or not: a subset of what a shell would read.
std::string value_of(std::string_view key, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with(key) || line.substr(key.size(), 1) != "=") continue;
    line.remove_prefix(key.size() + 1);
    if (line.size() >= 2 && line.front() == line.back() &&
        (line.front() == '"' || line.front() == '\''))
      line = line.substr(1, line.size() - 2);
    return printable(line, 64);
  }
  return "";
}

/// Only names depend on it: a host without the file has none.
std::string os_release_of_host() {
  try {
    return read_file(paths::kOsRelease);
  } catch (const SystemError&) {
    return "";
  }
}

}  // namespace

std::string system_in(std::string_view os_release) {
  constexpr std::string_view kGnu = " GNU/Linux";
  std::string name = value_of("NAME", os_release);
  if (name.ends_with(kGnu)) name.resize(name.size() - kGnu.size());
  const std::string version = value_of("VERSION_ID", os_release);
  return name.empty() || version.empty() ? name : concat(name, ' ', version);
}

std::string stack_in(std::string_view os_release) {
  const std::string id = value_of("ID", os_release);
  const std::string version = value_of("VERSION_ID", os_release);
  for (const std::string& name : {concat(id, '-', version), id})
    if (!name.ends_with('-'))
      if (const auto stack = StackName::parse(lower_case(name)); stack && !stack->is_host())
        return std::string(stack->view());
  return "linux";
}

std::string system_of_host() {
  return system_in(os_release_of_host());
}

std::string stack_of_host() {
  return stack_in(os_release_of_host());
}

}  // namespace hythe
