// SPDX-License-Identifier: Apache-2.0
#include "pipeline/dry_place.h"

#include <filesystem>

#include "core/decimal.h"
#include "lib/errors.h"
#include "model/app.h"

namespace hythe {
namespace {

constexpr std::string_view kFirst = "dry-run";
constexpr int kMost = 4;

AppName numbered(int number) {
  return *AppName::parse(number == 1 ? std::string(kFirst) : concat(kFirst, '-', number));
}

LockHolder described(const std::string& who) {
  return {.who = who, .doing = "build --dry", .since = unix_time()};
}

}  // namespace

bool is_dry_name(std::string_view name) {
  if (!name.starts_with(kFirst)) return false;
  name.remove_prefix(kFirst.size());
  return name.empty() || (name.starts_with('-') && parse_decimal(name.substr(1), 1000));
}

DryPlace DryPlace::take(const std::string& who, Console& console,
                        const Cancellation& cancellation) {
  for (int number = 1; number <= kMost; ++number) {
    const AppName name = numbered(number);
    if (App::exists(name)) continue;  // from when it was nobody's yet
    std::filesystem::create_directories(App::directory(name));
    if (auto lock = AppLock::try_take(name, described(who))) return {name, *std::move(lock)};
  }
  const AppName name = numbered(1);
  return {name,
          AppLock::take(name, described(who), cancellation, [&](const LockHolder& holder) {
            console.step(concat("Waiting behind ", holder.describe()));
          })};
}

}  // namespace hythe
