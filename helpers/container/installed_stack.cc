// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/installed_stack.h"

#include <sys/stat.h>

#include <string>

#include "core/paths.h"
#include "core/stack_tree.h"
#include "helpers/container/complain.h"
#include "helpers/deadline.h"
#include "helpers/die.h"
#include "helpers/lock.h"

namespace hythe::container {
namespace {

constexpr int kPatienceMs = 10'000;

/// Where distributions keep all authorities in one file.
constexpr const char* kHostAuthorities[] = {"/etc/ssl/certs/ca-certificates.crt",
                                            "/etc/pki/tls/certs/ca-bundle.crt"};

const char* authorities_of_host() {
  for (const char* path : kHostAuthorities) {
    struct stat status = {};
    if (::stat(path, &status) == 0 && S_ISREG(status.st_mode)) return path;
  }
  return "";
}

std::optional<StackVersion> newest(const StackName& name, const root::Directory& stacks) {
  std::optional<StackVersion> found;
  stacks.for_each([&](const char* entry) {
    const auto version = StackVersion::parse(entry);
    if (version && version->name() == name && (!found || version->is_newer_than(*found)))
      found = version;
  });
  return found;
}

}  // namespace

std::optional<StackVersion> choose_stack(const StackName& name, const root::Directory& build) {
  if (name.is_host()) return std::nullopt;
  if (const auto stacks = root::Directory::open(paths::kState).find("stacks")) {
    const auto lock =
        root::Lock::take(*stacks, stack_tree::kLock, root::Deadline::in_ms(kPatienceMs));
    if (auto version = newest(name, *stacks)) {
      remember_stack(build, *version);
      return version;
    }
  }
  root::die(EX_NOINPUT, "there is no stack '", name.view(), "'");
}

std::optional<StackVersion> remembered_stack(const root::Directory& directory) {
  char memory[StackVersion::kMaxLength + 1];
  const auto text = directory.read(stack_tree::kRecord, memory);
  if (!text) return std::nullopt;
  const auto version = StackVersion::parse(*text);
  // Nothing but root has ever written there. To run it on another stack would be wrong.
  if (!version) root::die(EX_CONFIG, "'", stack_tree::kRecord, "' names no stack");
  return version;
}

void remember_stack(const root::Directory& directory, const StackVersion& version) {
  directory.replace(stack_tree::kRecord, 0600, version.view());
}

std::optional<Stack> installed_stack(const StackVersion& version) {
  const auto found = root::Directory::open(paths::kStacks).find(version.c_str());
  if (!found || !found->find(stack_tree::kRootfs)) {
    complain("the stack '", version.view(), "' is gone");
    return std::nullopt;
  }
  return Stack{.root = std::string(paths::kStacks)
                           .append("/")
                           .append(version.view())
                           .append("/")
                           .append(stack_tree::kRootfs),
               .from_host = {},
               .authorities = authorities_of_host()};
}

}  // namespace hythe::container
