// SPDX-License-Identifier: Apache-2.0
#include "cli/stack_as_root.h"

#include <sysexits.h>
#include <unistd.h>

#include <cerrno>

#include "cli/as_hythe.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "model/app.h"
#include "model/build/stack.h"

namespace hythe {
namespace {

/// An app that is to be built on it is not in root's tables, and root does not read what is
/// not its own: so this is asked as user hythe.
void require_unwanted(const StackName& stack) {
  std::string apps;
  for (const AppName& name : App::all())
    if (App::load(name).stack == stack)
      apps += concat(apps.empty() ? "'" : ", '", name.view(), '\'');
  if (!apps.empty())
    throw PushError(concat("stack '", stack.view(), "' is to be used by the next build of ",
                           apps, "\ngive them another: hythe stack use APP host"));
}

}  // namespace

std::optional<int> become_stack_helper(const std::vector<std::string>& words) {
  const std::string what = words.empty() ? "" : words[0];
  if (::geteuid() != 0 || (what != "create" && what != "import" && what != "remove"))
    return std::nullopt;
  if (what == "remove" && words.size() > 1) {
    const int code = as_hythe([&words] {
      require_unwanted(parse_stack_name(words[1]));
      return EX_OK;
    });
    if (code != EX_OK) return code;
  }
  std::vector<const char*> argv = {paths::kStackHelper};
  for (const std::string& word : words) argv.push_back(word.c_str());
  argv.push_back(nullptr);
  const char* const environment[] = {nullptr};
  // execve(2) takes char* for historical reasons and changes nothing.
  ::execve(argv[0], const_cast<char* const*>(argv.data()),
           const_cast<char* const*>(environment));
  throw SystemError(errno, "run '", paths::kStackHelper, "'");
}

}  // namespace hythe
