// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"

#include <algorithm>
#include <utility>

#include "lib/errors.h"
#include "lib/printable.h"
#include "model/app.h"

namespace hythe {

bool Arguments::flag(std::string_view name) {
  const auto end = std::find(words_.begin(), words_.end(), "--");
  const auto found = std::find(words_.begin(), end, name);
  if (found == end) return false;
  words_.erase(found);
  return true;
}

std::optional<std::string> Arguments::option(std::string_view name) {
  const auto end = std::find(words_.begin(), words_.end(), "--");
  const auto found = std::find(words_.begin(), end, name);
  if (found == end) return std::nullopt;
  if (found + 1 == end) usage_error(concat("'", name, "' needs a value"));
  std::string value = *(found + 1);
  words_.erase(found, found + 2);
  return value;
}

AppName Arguments::app() {
  if (words_.empty()) usage_error("which app?");
  return parse_app_name(word());
}

std::string Arguments::word() {
  if (words_.empty()) usage_error("a word is missing");
  std::string first = std::move(words_.front());
  words_.erase(words_.begin());
  return first;
}

std::optional<std::string> Arguments::optional_word() {
  if (words_.empty()) return std::nullopt;
  return word();
}

std::vector<std::string> Arguments::rest() {
  return std::exchange(words_, {});
}

void Arguments::end() {
  if (!words_.empty())
    usage_error(concat("'", printable(words_.front()), "' is one word too many"));
}

void Arguments::usage_error(const std::string& problem) const {
  throw PushError(concat(problem, "\nusage: ", usage_), EX_USAGE);
}

}  // namespace hythe
