// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/doctor/examine.h"
#include "lib/errors.h"
#include "model/app.h"
#include "model/app_lock.h"
#include "model/config.h"

namespace hythe {
namespace {

/// One round of questions, and what came of it.
class Consultation {
 public:
  Consultation(const Config& config, const Caller& caller, bool is_to_fix)
      : config_(config), caller_(caller), is_to_fix_(is_to_fix) {}

  void host(const FirstLook& seen) {
    const bool has_damage = hear("host", examine_installation(config_));
    if (!hear("host", examine_host(config_, seen)) && !has_damage) std::cout << "host: ok\n";
  }
  void strays() { (void)hear("host", examine_strays()); }
  void app(const AppName& name) {
    if (const auto holder = AppLock::holder(name)) {
      std::cout << name.view() << ": not examined: " << holder->describe() << " is at it\n";
      return;
    }
    // First the state: what it puts right may take the leftovers with it.
    const bool has_state = hear(name.view(), examine_state(name, config_, caller_));
    const bool has_routes = hear(name.view(), examine_routes(name));
    const bool has_leftovers = hear(name.view(), examine_leftovers(name, caller_));
    if (!has_state && !has_routes && !has_leftovers) std::cout << name.view() << ": ok\n";
  }
  [[nodiscard]] unsigned remaining() const { return remaining_; }

 private:
  bool hear(std::string_view of, const Findings& findings) {
    for (const Finding& finding : findings) {
      std::cout << of << ": " << finding.what << '\n';
      if (!is_fixed(finding)) ++remaining_;
    }
    return !findings.empty();
  }
  bool is_fixed(const Finding& finding) {
    constexpr const char* kIndent = "    ";
    if (!finding.cure) {
      std::cout << kIndent << finding.way_out << '\n';
      return false;
    }
    if (!is_to_fix_) {
      std::cout << kIndent << "hythe doctor --fix puts it right\n";
      return false;
    }
    try {
      std::cout.flush();
      finding.cure();
      std::cout << kIndent << "fixed\n";
      return true;
    } catch (const std::exception& error) {
      std::cout << kIndent << "not fixed: " << error.what() << '\n';
      return false;
    }
  }

  const Config& config_;
  const Caller& caller_;
  bool is_to_fix_;
  unsigned remaining_ = 0;
};

}  // namespace

int doctor_as_root(Arguments& arguments, const Caller&) {
  const bool is_to_fix = arguments.flag("--fix");
  std::optional<AppName> one;
  if (const auto word = arguments.optional_word()) one = parse_app_name(*word);
  arguments.end();
  if (is_to_fix) mend_installation_as_root();
  const FirstLook seen = one ? FirstLook{} : first_look();
  const Caller caller = Caller::identify();
  // Beyond this point root is user hythe.

  const Config config = Config::load();
  Consultation consultation(config, caller, is_to_fix);
  if (one) {
    (void)App::load(*one);
    consultation.app(*one);
  } else {
    consultation.host(seen);
    consultation.strays();
    for (const AppName& name : App::all()) consultation.app(name);
  }
  if (consultation.remaining() == 0) return EX_OK;
  std::cout.flush();
  throw PushError(concat(consultation.remaining(), " things are not as they should be"),
                  EX_UNAVAILABLE);
}

}  // namespace hythe
