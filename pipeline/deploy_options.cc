// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deploy_options.h"

#include <algorithm>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr const char* kKnown =
    "\nthere are: detach, no-cache, dry-run, buildpack=NAME, message=TEXT";

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned>(c) & 0xC0U) != 0x80U;
  }));
}

/// Text that can stand in a list, a log and a record as it is.
void require_text(std::string_view name, std::string_view value, std::size_t most) {
  if (value.empty()) throw PushError(concat("the option '", name, "' needs a text"), EX_USAGE);
  if (printable(value, value.size()) != value)
    throw PushError(concat("the option '", name, "' is not one line of printable text"),
                    EX_USAGE);
  if (count_characters(value) > most)
    throw PushError(concat("the option '", name, "' has more than ", most, " characters"),
                    EX_USAGE);
}

void require_address(std::string_view value) {
  constexpr std::size_t kLongestAddress = 2000;
  require_text("buildpack", value, kLongestAddress);
  if (value.find(' ') != std::string_view::npos)
    throw PushError("the option 'buildpack' is one name or address, without blanks", EX_USAGE);
}

void set_text(std::string& text, std::string_view name, std::string_view value) {
  if (!text.empty())
    throw PushError(concat("the option '", name, "' is given twice"), EX_USAGE);
  text = value;
}

}  // namespace

void DeployOptions::set(std::string_view option) {
  constexpr std::size_t kLongestMessage = 200;
  const auto equals = option.find('=');
  const std::string_view name = option.substr(0, equals);
  const bool has_value = equals != std::string_view::npos;
  const std::string_view value = has_value ? option.substr(equals + 1) : std::string_view{};
  if (name == "buildpack") {
    require_address(value);
    set_text(buildpack, name, value);
  } else if (name == "message") {
    require_text(name, value, kLongestMessage);
    set_text(message, name, value);
  } else {
    bool* const flag = name == "detach"     ? &detach
                       : name == "no-cache" ? &no_cache
                       : name == "dry-run"  ? &dry_run
                                            : nullptr;
    if (flag == nullptr)
      throw PushError(concat("there is no option '", printable(name, 60), "'", kKnown),
                      EX_USAGE);
    if (has_value) throw PushError(concat("the option '", name, "' takes no value"), EX_USAGE);
    *flag = true;
  }
}

}  // namespace hythe
