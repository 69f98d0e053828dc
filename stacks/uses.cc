// SPDX-License-Identifier: Apache-2.0
#include "stacks/uses.h"

#include <fcntl.h>

#include <filesystem>

#include "core/decimal.h"
#include "core/paths.h"
#include "core/stack_tree.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/file_lock.h"

namespace hythe::stacks {
namespace {

/// While it is held, what has the name of a forgotten release is one for good. hythe-container
/// holds it for milliseconds, and nobody else gets at it.
UniqueFd lock_forgetting() {
  UniqueFd held = open_file(concat(paths::kReleases, '/', paths::kForgettingLock),
                            O_RDWR | O_CREAT | O_NOFOLLOW);
  lock_file(held.get(), "the releases");
  return held;
}

/// Every directory down to the record is root's alone: there is no link to be followed.
void add_uses(std::vector<Use>& uses, const StackName& name, const char* parent,
              const std::string& what) {
  for (const auto& app_directory : std::filesystem::directory_iterator(parent)) {
    const auto app = AppName::parse(app_directory.path().filename().string());
    if (!app) continue;
    for (const auto& numbered : std::filesystem::directory_iterator(app_directory)) {
      const std::string number = numbered.path().filename();
      if (number.starts_with(".old-")) continue;  // forgotten
      const std::string record = numbered.path() / stack_tree::kRecord;
      if (!std::filesystem::exists(record)) continue;
      const auto version = StackVersion::parse(read_file(record, 128));
      if (!version || !(version->name() == name)) continue;
      const bool is_numbered = parse_decimal(number, kMaxNumber).has_value();
      uses.push_back(
          {*app, is_numbered ? concat(what, ' ', number) : "a new " + what, *version});
    }
  }
}

}  // namespace

std::vector<Use> uses_of(const StackName& name) {
  const UniqueFd lock = lock_forgetting();
  std::vector<Use> uses;
  // In this order: what becomes a release meanwhile is seen as one of the two.
  add_uses(uses, name, paths::kBuilds, "build");
  add_uses(uses, name, paths::kReleases, "release");
  return uses;
}

std::string describe(const std::vector<Use>& uses) {
  std::string text;
  for (const Use& use : uses)
    text += concat(text.empty() ? "" : ", ", use.what, " of '", use.app.view(), "'");
  return text;
}

}  // namespace hythe::stacks
