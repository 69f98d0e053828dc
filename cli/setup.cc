// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "cli/as_hythe.h"
#include "cli/commands.h"
#include "cli/doctor/host.h"
#include "cli/print_field.h"
#include "cli/remote.h"
#include "cli/setup_wishes.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/terminal/terminal.h"
#include "lib/yaml.h"
#include "model/app.h"
#include "model/config_text.h"
#include "model/key_ring.h"

namespace hythe {
namespace {

constexpr int kSomethingIsWrong = EX_UNAVAILABLE;

/// hythe.yml as it is to be.
std::string wished_config(const SetupWishes& wishes) {
  std::string text = read_file(paths::kConfig);
  if (wishes.domain.empty()) return text;
  // Where nothing else was said, developers push to where the apps are.
  if (!Yaml::parse(text, paths::kConfig).has("ssh_host"))
    text = with_key(text, "ssh_host", wishes.domain);
  return with_key(text, "base_domain", wishes.domain);
}

bool has_key(const SetupWishes& wishes) {
  const auto all = KeyRing::all();
  return std::any_of(all.begin(), all.end(), [&](const KeyRing::Entry& entry) {
    return entry.name == wishes.key_name && entry.key.blob() == wishes.key->blob();
  });
}

/// Refuses what KeyRing::add() would refuse later.
int judge_key(const SetupWishes& wishes) {
  for (const KeyRing::Entry& entry : KeyRing::all()) {
    const bool is_same = entry.key.blob() == wishes.key->blob();
    if (entry.name == wishes.key_name && !is_same)
      throw PushError(concat("'", entry.name, "' has another key already",
                             "\ntake that away first: hythe keys remove ", entry.name));
    if (entry.name != wishes.key_name && is_same)
      throw PushError(concat("this key is that of '", entry.name, "' already"));
  }
  return EX_OK;
}

/// kSomethingIsWrong or EX_OK.
int show_checks(const Config& config, const FirstLook& seen) {
  HostChecks checks = check_host(config, seen);
  for (HostCheck& check : check_names(config)) checks.push_back(std::move(check));
  int code = EX_OK;
  for (const HostCheck& check : checks) {
    const bool is_wrong = check.state == HostCheck::State::wrong;
    std::cout << check.name
              << std::string(17 - std::min<std::size_t>(check.name.size(), 16), ' ')
              << (is_wrong ? "wrong: " : "") << check.found << '\n';
    if (!check.way_out.empty()) std::cout << std::string(19, ' ') << check.way_out << '\n';
    if (is_wrong) code = kSomethingIsWrong;
  }
  return code;
}

int show_what_is(const Config& config) {
  std::string names;
  for (const KeyRing::Entry& entry : KeyRing::all())
    names += concat(names.empty() ? "" : ", ", entry.name);
  std::cout << '\n';
  print_field("base domain", config.base_domain);
  print_field("may push", names.empty() ? "nobody yet: hythe setup --key FILE" : names);
  const auto apps = App::all();
  const AppName app = apps.empty() ? parse_app_name("shop") : apps.front();
  if (apps.empty())
    std::cout << "\nThe first app, here:\n  hythe create " << app.view() << '\n';
  std::cout << "\nOn the developer's machine:\n"
            << "  git remote add hythe " << git_remote(app, config) << '\n'
            << "  git push hythe main\n";
  return EX_OK;
}

/// All of it, or nothing: what can be refused was refused before, and what could fail for want
/// of room comes before the one step that shows.
void carry_out(const SetupWishes& wishes, const std::string& config) {
  const std::string prepared = concat(paths::kConfig, ".new");
  if (!wishes.domain.empty()) {
    replace_file(prepared, config, Durability::survives_power_cut);
    require_done(::chmod(prepared.c_str(), 0644) == 0, "let everybody read hythe.yml");
  }
  if (wishes.key) {
    const int code = as_hythe([&wishes] {
      if (!has_key(wishes)) KeyRing::add(wishes.key_name, *wishes.key);
      return EX_OK;
    });
    if (code != EX_OK) {
      remove_file(prepared);
      throw PushError("nothing was changed", code);
    }
  }
  if (!wishes.domain.empty()) rename_file(prepared, paths::kConfig);
}

}  // namespace

int setup_as_root(Arguments& arguments, const Caller&) {
  if (::geteuid() != 0)
    throw PushError("hythe setup is for root\ntry: sudo hythe setup", EX_NOPERM);
  SetupWishes wishes = SetupWishes::read(arguments);
  const bool may_ask = is_on_terminal() && !wishes.is_sure;
  constexpr int kHasNone = 1;
  const int keys = as_hythe([] { return KeyRing::all().empty() ? kHasNone : EX_OK; });
  if (keys != EX_OK && keys != kHasNone) return keys;
  if (may_ask && wishes.are_none()) wishes.ask(Config::load(), keys == EX_OK);
  if (wishes.key)
    if (const int code = as_hythe([&wishes] { return judge_key(wishes); }); code != EX_OK)
      return code;
  const std::string text = wished_config(wishes);
  const Config config = Config::parse(text, paths::kConfig);

  const FirstLook seen = first_look();
  const int health = as_hythe([&] { return show_checks(config, seen); });
  if (health != EX_OK && health != kSomethingIsWrong) return health;
  if (health != EX_OK && !wishes.are_none() && !wishes.is_sure &&
      !(may_ask && confirm("\nSomething is wrong with this host (see above). Go on?")))
    throw PushError(
        "nothing was changed\nput right what is wrong (see above), or go on anyway: --yes",
        kSomethingIsWrong);
  // Beyond this point nothing is asked or refused any more.

  carry_out(wishes, text);
  const int shown = as_hythe([&config] { return show_what_is(config); });
  return wishes.are_none() && health != EX_OK ? health : shown;
}

}  // namespace hythe
