// SPDX-License-Identifier: Apache-2.0
#include "model/limits.h"

#include <algorithm>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/host_memory.h"
#include "lib/units.h"

namespace hythe {
namespace {

struct Size {
  const char* key;
  std::uint64_t Limits::*value;
};
struct Count {
  const char* key;
  std::uint64_t Limits::*value;
};
struct Duration {
  const char* key;
  Milliseconds Limits::*value;
};

constexpr Size kSizes[] = {
    {"source_size", &Limits::source_size},   {"archive_size", &Limits::archive_size},
    {"fetch_size", &Limits::fetch_size},     {"image_size", &Limits::image_size},
    {"build_memory", &Limits::build_memory}, {"container_memory", &Limits::container_memory}};
constexpr Count kCounts[] = {{"source_files", &Limits::source_files},
                             {"path_length", &Limits::path_length},
                             {"archive_entries", &Limits::archive_entries},
                             {"archive_depth", &Limits::archive_depth},
                             {"build_pids", &Limits::build_pids},
                             {"build_cpu", &Limits::build_cpu},
                             {"container_pids", &Limits::container_pids},
                             {"container_cpu", &Limits::container_cpu},
                             {"restarts", &Limits::restarts},
                             {"review_apps", &Limits::review_apps}};
constexpr Duration kDurations[] = {{"build_time", &Limits::build_time},
                                   {"archive_time", &Limits::archive_time},
                                   {"fetch_time", &Limits::fetch_time},
                                   {"boot_timeout", &Limits::boot_timeout},
                                   {"postdeploy_timeout", &Limits::postdeploy_timeout},
                                   {"run_timeout", &Limits::run_timeout}};

std::uint64_t default_build_memory() {
  return std::min<std::uint64_t>(host_memory() / 4 * 3, 4ULL << 30U);
}

std::string names() {
  std::string text;
  for (const auto& [key, value] : Limits().all()) text += (text.empty() ? "" : " ") + key;
  return text;
}

}  // namespace

Limits::Limits() : build_memory(default_build_memory()) {}

void Limits::set(std::string_view key, std::string_view value, std::string_view where) {
  const std::string named = concat("limits.", key);
  for (const Size& size : kSizes)
    if (key == size.key) {
      this->*size.value = parse_size(value, named);
      return;
    }
  for (const Duration& duration : kDurations)
    if (key == duration.key) {
      this->*duration.value = parse_duration(value, named);
      return;
    }
  for (const Count& count : kCounts)
    if (key == count.key) {
      const auto parsed = parse_decimal(value, 1ULL << 40U);
      if (!parsed)
        throw PushError(concat("'", named, "': '", value, "' is not a number"), EX_CONFIG);
      this->*count.value = *parsed;
      return;
    }
  throw PushError(concat("'", where, "': there is no key '", named, "'\nthere are: ", names()),
                  EX_CONFIG);
}

std::vector<std::pair<std::string, std::string>> Limits::all() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Size& size : kSizes) out.emplace_back(size.key, exact_size(this->*size.value));
  for (const Count& count : kCounts)
    out.emplace_back(count.key, std::to_string(this->*count.value));
  for (const Duration& length : kDurations)
    out.emplace_back(length.key, format_duration(this->*length.value));
  std::sort(out.begin(), out.end());
  return out;
}

Limits Limits::with(const std::map<std::string, std::string>& overrides) const {
  Limits own = *this;
  for (const auto& [key, value] : overrides) own.set(key, value, "limits of the app");
  return own;
}

std::string how_to_raise(std::string_view key) {
  return concat("raise it on the host: hythe limits APP ", key, "=…");
}

}  // namespace hythe
