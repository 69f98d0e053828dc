// SPDX-License-Identifier: Apache-2.0
#include "lib/os_release.h"

#include <algorithm>

#include "core/paths.h"
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

}  // namespace

std::string system_in(std::string_view os_release) {
  constexpr std::string_view kGnu = " GNU/Linux";
  std::string name = value_of("NAME", os_release);
  if (name.ends_with(kGnu)) name.resize(name.size() - kGnu.size());
  const std::string version = value_of("VERSION_ID", os_release);
  return name.empty() || version.empty() ? name : concat(name, ' ', version);
}

std::string system_of_host() {
  try {
    return system_in(read_file(paths::kOsRelease));
  } catch (const SystemError&) {
    return "";  // a name, to be shown
  }
}

}  // namespace hythe
