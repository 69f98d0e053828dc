// SPDX-License-Identifier: Apache-2.0
#include "model/build/stack.h"

#include <sysexits.h>

#include <cstdio>
#include <iostream>
#include <set>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/errors.h"
#include "lib/os_release.h"
#include "lib/units.h"
#include "model/app.h"
#include "model/build/installed_stack.h"
#include "model/config.h"
#include "model/release.h"
#include "pipeline/pending.h"

namespace hythe {
namespace {

/// An app, the stack that its next build is to be on, and the one that it serves on.
struct Choice {
  std::string app;
  StackName wanted;
  std::string serving;  // "host", a version, or "" before the first deployment
};

std::vector<Choice> choices() {
  std::vector<Choice> out;
  for (const AppName& name : App::all()) {
    const App app = App::load(name);
    std::string serving;
    if (app.release != 0) {
      serving = Release::load(name, app.release).stack;
      if (serving.empty()) serving = "host";  // of a release before there were others
    }
    out.push_back({std::string(name.view()), app.stack, serving});
  }
  return out;
}

/// "shop, blog (next build)"
std::string apps_on(const std::vector<Choice>& all, const std::string& version,
                    const StackName& name, bool is_newest) {
  std::string text;
  for (const Choice& choice : all) {
    const bool serves = choice.serving == version;
    const bool will = is_newest && choice.wanted == name && !serves;
    if (serves || will)
      text += (text.empty() ? "" : ", ") + choice.app + (will ? " (next build)" : "");
  }
  return text.empty() ? "-" : text;
}

std::string aliases_of(const StackName& name, const Config& config) {
  std::set<std::string> names = {own_stack_name(config, name)};
  for (const auto& [source, alias] : foreign_stack_names(config, name)) names.insert(alias);
  std::string text;
  for (const std::string& alias : names) text += (text.empty() ? "" : " ") + alias;
  return text;
}

void print(const std::string& version, const std::string& suite, const std::string& size,
           const std::string& aliases, const std::string& apps) {
  char line[512];
  std::snprintf(line, sizeof line, "%-28s  %-10s  %-9s  %-32s  ", version.c_str(),
                suite.c_str(), size.c_str(), aliases.c_str());
  std::cout << line << apps << '\n';
}

int list_stacks() {
  const Config config = Config::load();
  const std::vector<Choice> all = choices();
  print("STACK", "SUITE", "SIZE", "ALIASES", "APPS");
  const StackName host = StackName::host();
  print(concat("host (", stack_of_host(), ')'), "-", "-", aliases_of(host, config),
        apps_on(all, "host", host, true));
  const auto installed = InstalledStack::all();
  if (installed.empty())
    std::cout
        << "\nThe host's stack changes with its packages. One that never does, and that new "
           "apps are then on: sudo hythe stack create "
        << stack_of_host() << '\n';
  std::string newest;
  for (const InstalledStack& stack : installed) {
    const StackName& name = stack.version.name();
    const bool is_newest = name.view() != newest;
    newest = name.view();
    print(std::string(stack.version.view()), stack.suite, format_size(stack.size),
          aliases_of(name, config),
          apps_on(all, std::string(stack.version.view()), name, is_newest));
  }
  return EX_OK;
}

int use_stack(const AppName& name, const StackName& stack, const Caller& caller) {
  (void)App::load(name);
  require_stack(stack);
  const AppLock lock = take_lock(name, "stack use", caller);
  settle(name, lock, Config::load());
  App app = App::load(name);  // now that nobody else changes it
  app.stack = stack;
  app.save();
  std::cout << "The next build of " << name.view() << " is on the stack " << stack.view();
  if (app.release != 0) std::cout << "; release " << app.release << " stays as it is";
  std::cout << '\n';
  return EX_OK;
}

}  // namespace

int stack(Arguments& arguments, const Caller& caller) {
  const std::string what = arguments.optional_word().value_or("list");
  if (what == "list") {
    arguments.end();
    return list_stacks();
  }
  if (what == "use") {
    const AppName name = arguments.app();
    const StackName wanted = parse_stack_name(arguments.word());
    arguments.end();
    return use_stack(name, wanted, caller);
  }
  // stack_as_root.cc has seen to those, if root is the caller.
  if (what == "create" || what == "import" || what == "remove")
    throw PushError(concat("only root on the host can ", what,
                           " a stack\ntry: sudo hythe stack ", what, " NAME"),
                    EX_NOPERM);
  arguments.usage_error("there is no '" + what + "'");
}

}  // namespace hythe
