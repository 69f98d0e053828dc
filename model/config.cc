// SPDX-License-Identifier: Apache-2.0
#include "model/config.h"

#include <unistd.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "core/build_name.h"
#include "core/decimal.h"
#include "core/paths.h"
#include "core/stack_name.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "lib/yaml.h"
#include "model/env_name.h"

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
  void ports(const char* key, PortRange& out) {
    if (const Yaml* value = take(key)) out = PortRange::parse(value->text(), prefix_ + key);
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

/// Of every build. Not what builds depend on having set themselves.
const std::string& builds_variable(const std::string& name, std::string_view path) {
  const auto refuse = [&](std::string_view reason) {
    return PushError(
        concat("'", path, "': 'build.environment.", printable(name), "': ", reason), EX_CONFIG);
  };
  if (!is_exported_env_name(name)) throw refuse("that is not a variable's name");
  if (is_builds_own_name(name) || name == "PATH" || name == "TMPDIR")
    throw refuse("builds set this themselves");
  return name;
}

void read_sizes(const Yaml& tree, Sizes& sizes, std::string_view path) {
  refuse_other_than_keys(tree, "sizes.");
  for (const auto& [name, fields] : tree.fields()) {
    ContainerSize& size = sizes.at(name);
    Section section(fields, concat("sizes.", name, '.'));
    section.size("memory", size.memory);
    section.number("pids", size.pids);
    section.number("cpu_shares", size.cpu_shares);
    section.refuse_unknown(path);
    constexpr std::uint64_t kLeast = 2;  // the kernel's own bounds
    constexpr std::uint64_t kMost = 262'144;
    if (size.cpu_shares < kLeast || size.cpu_shares > kMost)
      throw PushError(
          concat("'sizes.", name, ".cpu_shares' is not from ", kLeast, " to ", kMost),
          EX_CONFIG);
  }
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
  top.text("webhook_url", config.webhook_url);
  std::string port_of_old;
  top.text("webhook_port", port_of_old);
  if (!port_of_old.empty())
    config.outdated.push_back(
        concat("'webhook_port' is of no use any more: nginx passes on to '",
               paths::kWebhookSocket, "'"));
  config.builds = std::max(1U, std::thread::hardware_concurrency());
  top.number("builds", config.builds);
  top.number("keep_releases", config.keep_releases);
  top.number("keep_deployments", config.keep_deployments);
  top.ports("tcp_ports", config.tcp_ports);

  const Yaml& limits = top.section("limits");
  refuse_other_than_keys(limits, "limits.");
  for (const auto& [key, value] : limits.fields()) config.limits.set(key, value.text(), path);

  const Yaml& settings = top.section("settings");
  refuse_other_than_keys(settings, "settings.");
  for (const auto& [key, value] : settings.fields())
    config.settings.set(key, value.text(), path);

  Section container(top.section("container"), "container.");
  container.text("size", config.container.size);
  container.refuse_unknown(path);
  read_sizes(top.section("sizes"), config.sizes, path);

  const Yaml& build = top.section("build");
  Section build_section(build, "build.");
  for (const auto& [name, value] : build_section.section("environment").fields())
    config.build_environment.emplace(builds_variable(name, path), value.text());
  build_section.text("submodule_base", config.submodule_base);
  build_section.refuse_unknown(path);
  top.text("stack", config.stack);
  config.stack_aliases = read_aliases(top.section("stack_aliases"));
  top.refuse_unknown(path);

  for (const auto& [key, number] :
       {std::pair("builds", config.builds), std::pair("keep_releases", config.keep_releases),
        std::pair("keep_deployments", config.keep_deployments)})
    if (number == 0)
      throw PushError(concat("'", path, "': '", key, "' is 1 at least"), EX_CONFIG);
  if (config.sizes.find(config.container.size) == nullptr)
    throw PushError(concat("'container.size': there is no size '", config.container.size,
                           "'\nthere are: ", config.sizes.names()),
                    EX_CONFIG);
  if (config.ssh_host.empty()) config.ssh_host = host_name();
  if (config.base_domain.empty()) config.base_domain = config.ssh_host;
  if (config.webhook_url.empty())
    config.webhook_url = concat("http://hythe.", config.base_domain, "/webhook");
  return config;
}

Config Config::load() {
  return parse(read_file(paths::kConfig), paths::kConfig);
}

}  // namespace hythe
