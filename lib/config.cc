// SPDX-License-Identifier: Apache-2.0
#include "lib/config.h"

#include <unistd.h>

#include <algorithm>
#include <vector>

#include "core/decimal.h"
#include "core/paths.h"
#include "core/stack_name.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/units.h"
#include "lib/yaml.h"

namespace hythe {
namespace {

void refuse_other_than_keys(const Yaml& tree, std::string_view prefix) {
  if (!tree.items().empty() || !tree.text().empty())
    throw PushError(concat("'", prefix, "' holds no keys"), EX_CONFIG);
}

/// Reads the keys of one section, and refuses those that nobody asked for.
class Section {
 public:
  Section(const Yaml& tree, std::string prefix) : tree_(tree), prefix_(std::move(prefix)) {
    refuse_other_than_keys(tree, prefix_);
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

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

}  // namespace

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
  top.number("keep_releases", config.keep_releases);
  top.number("keep_deployments", config.keep_deployments);

  const Yaml& limits = top.section("limits");
  refuse_other_than_keys(limits, "limits.");
  for (const auto& [key, value] : limits.fields()) config.limits.set(key, value.text(), path);

  Section container(top.section("container"), "container.");
  container.size("memory", config.container.memory);
  container.number("pids", config.container.pids);
  container.refuse_unknown(path);

  const Yaml& build = top.section("build");
  Section build_section(build, "build.");
  for (const auto& [name, value] : build_section.section("environment").fields())
    config.build_environment.emplace(name, value.text());
  build_section.text("submodule_base", config.submodule_base);
  build_section.refuse_unknown(path);
  config.stack_aliases = read_aliases(top.section("stack_aliases"));
  top.refuse_unknown(path);

  if (config.drain > std::chrono::hours(1))
    throw PushError(concat("'", path, "': 'drain' is an hour at most"), EX_CONFIG);
  for (const auto& [key, kept] : {std::pair("keep_releases", config.keep_releases),
                                  std::pair("keep_deployments", config.keep_deployments)})
    if (kept == 0)
      throw PushError(concat("'", path, "': '", key, "' is 1 at least"), EX_CONFIG);
  if (config.ssh_host.empty()) config.ssh_host = host_name();
  if (config.base_domain.empty()) config.base_domain = config.ssh_host;
  return config;
}

Config Config::load() {
  return parse(read_file(paths::kConfig), paths::kConfig);
}

}  // namespace hythe
