// SPDX-License-Identifier: Apache-2.0
#include "lib/units.h"

#include <cstdio>
#include <span>

#include "core/decimal.h"
#include "lib/errors.h"

namespace hythe {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr Unit kSizes[] = {
    {"GiB", 1ULL << 30U}, {"MiB", 1ULL << 20U}, {"KiB", 1ULL << 10U}, {"", 1}};
constexpr Unit kDurations[] = {
    {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};

std::uint64_t parse_with_unit(std::string_view text, std::string_view key,
                              std::span<const Unit> units, const char* example) {
  for (const Unit& unit : units) {
    if (!text.ends_with(unit.name)) continue;
    auto digits = text.substr(0, text.size() - unit.name.size());
    if (digits.ends_with(' ')) digits.remove_suffix(1);
    if (const auto value = parse_decimal(digits, (1ULL << 50U) / unit.factor))
      return *value * unit.factor;
  }
  throw PushError(concat("'", key, "': '", text, "' is not of the form '", example, "'"),
                  EX_CONFIG);
}

}  // namespace

std::uint64_t parse_size(std::string_view text, std::string_view key) {
  return parse_with_unit(text, key, kSizes, "300 MiB");
}

Milliseconds parse_duration(std::string_view text, std::string_view key) {
  return Milliseconds(parse_with_unit(text, key, kDurations, "30s"));
}

std::string exact_size(std::uint64_t bytes) {
  for (const Unit& unit : kSizes)
    if (bytes > 0 && bytes % unit.factor == 0)
      return unit.name.empty() ? std::to_string(bytes)
                               : concat(bytes / unit.factor, ' ', unit.name);
  return "0";
}

std::string format_duration(Milliseconds duration) {
  const auto count = static_cast<std::uint64_t>(duration.count());
  const Unit* best = &kDurations[0];
  for (const Unit& unit : kDurations)
    if (count > 0 && count % unit.factor == 0) best = &unit;
  return concat(count / best->factor, best->name);
}

std::string format_size(std::uint64_t bytes) {
  char text[32];
  const auto value = static_cast<double>(bytes);
  if (bytes >= 1ULL << 30U)
    std::snprintf(text, sizeof text, "%.1f GiB", value / (1U << 30U));
  else if (bytes >= 1ULL << 20U)
    std::snprintf(text, sizeof text, "%.1f MiB", value / (1U << 20U));
  else
    std::snprintf(text, sizeof text, "%llu KiB",
                  static_cast<unsigned long long>((bytes + 1023) / 1024));
  return text;
}

}  // namespace hythe
