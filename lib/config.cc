// SPDX-License-Identifier: Apache-2.0
#include "lib/config.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <span>
#include <vector>

#include "core/decimal.h"
#include "core/paths.h"
#include "core/stack_name.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/yaml.h"

namespace hythe {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr Unit kSizes[] = {
    {"GiB", 1ULL << 30U}, {"MiB", 1ULL << 20U}, {"KiB", 1ULL << 10U}, {"", 1}};
constexpr Unit kDurations[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};

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

/// Reads the keys of one section, and refuses those that nobody asked for.
class Section {
 public:
  Section(const Yaml& tree, std::string prefix) : tree_(tree), prefix_(std::move(prefix)) {
    if (!tree.items().empty() || !tree.text().empty())
      throw PushError(concat("'", prefix_, "' holds no keys"), EX_CONFIG);
  }

  void text(const char* key, std::string& out) {
    if (const Yaml* value = take(key)) out = value->text();
  }
  void number(const char* key, std::uint64_t& out) {
    if (const Yaml* value = take(key)) {
      const auto parsed = parse_decimal(value->text(), 1ULL << 40U);
      if (!parsed) throw PushError(concat("'", prefix_, key, "' is not a number"), EX_CONFIG);
      out = *parsed;
    }
  }
  void size(const char* key, std::uint64_t& out) {
    if (const Yaml* value = take(key)) out = parse_size(value->text(), prefix_ + key);
  }
  void duration(const char* key, Milliseconds& out) {
    if (const Yaml* value = take(key)) out = parse_duration(value->text(), prefix_ + key);
  }
  const Yaml& section(const char* key) {
    known_.emplace_back(key);
    return tree_[key];
  }
  void refuse_unknown(std::string_view path) const {
    for (const auto& field : tree_.fields())
      if (std::find(known_.begin(), known_.end(), field.first) == known_.end())
        throw PushError(concat("'", path, "': there is no key '", prefix_, field.first, "'"),
                        EX_CONFIG);
  }

 private:
  const Yaml* take(const char* key) {
    known_.emplace_back(key);
    return tree_.has(key) ? &tree_[key] : nullptr;
  }
  const Yaml& tree_;
  std::string prefix_;
  std::vector<std::string> known_;
};

std::map<std::string, std::map<std::string, std::string>> read_aliases(const Yaml& tree) {
  std::map<std::string, std::map<std::string, std::string>> out;
  for (const auto& [stack, aliases] : tree.fields()) {
    if (!StackName::parse(stack))
      throw PushError(concat("'stack_aliases': '", stack, "' is not the name of a stack"),
                      EX_CONFIG);
    for (const auto& [source, name] : aliases.fields()) {
      if (!StackName::parse(name.text()))
        throw PushError(
            concat("'stack_aliases.", stack, '.', source, "' is not the name of a stack"),
            EX_CONFIG);
      out[stack].emplace(source, name.text());
    }
  }
  return out;
}

std::uint64_t default_build_memory() {
  const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 1L));
  const auto page = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 1L));
  return std::min<std::uint64_t>(pages * page / 4 * 3, 4ULL << 30U);
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

}  // namespace

std::uint64_t parse_size(std::string_view text, std::string_view key) {
  return parse_with_unit(text, key, kSizes, "300 MiB");
}

Milliseconds parse_duration(std::string_view text, std::string_view key) {
  return Milliseconds(parse_with_unit(text, key, kDurations, "30s"));
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

Config Config::parse(const std::string& text, std::string_view path) {
  const Yaml file = Yaml::parse(text, path);
  Config config;
  Section top(file, "");
  top.text("base_domain", config.base_domain);
  top.text("ssh_host", config.ssh_host);
  std::uint64_t port = config.ssh_port;
  top.number("ssh_port", port);
  config.ssh_port = static_cast<unsigned>(port);
  top.duration("drain", config.drain);

  Section limits(top.section("limits"), "limits.");
  limits.size("source_size", config.limits.source_size);
  limits.number("source_files", config.limits.source_files);
  limits.number("path_length", config.limits.path_length);
  limits.size("image_size", config.limits.image_size);
  limits.duration("build_time", config.limits.build_time);
  limits.size("build_memory", config.limits.build_memory);
  limits.number("build_pids", config.limits.build_pids);
  limits.duration("boot_timeout", config.limits.boot_timeout);
  limits.duration("postdeploy_timeout", config.limits.postdeploy_timeout);
  limits.refuse_unknown(path);

  Section container(top.section("container"), "container.");
  container.size("memory", config.container.memory);
  container.number("pids", config.container.pids);
  container.refuse_unknown(path);

  const Yaml& build = top.section("build");
  Section build_section(build, "build.");
  for (const auto& [name, value] : build_section.section("environment").fields())
    config.build_environment.emplace(name, value.text());
  build_section.refuse_unknown(path);
  config.stack_aliases = read_aliases(top.section("stack_aliases"));
  top.refuse_unknown(path);

  if (config.drain > std::chrono::hours(1))
    throw PushError(concat("'", path, "': 'drain' is an hour at most"), EX_CONFIG);
  if (config.limits.build_memory == 0) config.limits.build_memory = default_build_memory();
  if (config.ssh_host.empty()) config.ssh_host = host_name();
  if (config.base_domain.empty()) config.base_domain = config.ssh_host;
  return config;
}

Config Config::load() {
  return parse(read_file(paths::kConfig), paths::kConfig);
}

}  // namespace hythe
