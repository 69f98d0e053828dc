// SPDX-License-Identifier: Apache-2.0
#include "lib/app.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/decimal.h"
#include "core/paths.h"
#include "lib/atomic_file.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/yaml.h"

namespace hythe {
namespace {

Number number(const Yaml& value) {
  return static_cast<Number>(parse_decimal(value.text(), kMaxNumber).value_or(0));
}

}  // namespace

unsigned App::count(const std::string& type) const {
  const auto set = formation.find(type);
  if (set != formation.end()) return set->second;
  return type == "web" ? 1 : 0;
}

std::string App::directory(const AppName& name) {
  return concat(paths::kApps, '/', name.view());
}

std::string App::file(const AppName& name) {
  return directory(name) + "/app.yml";
}

std::string App::repository(const AppName& name) {
  return concat(paths::kRepos, '/', name.view(), ".git");
}

bool App::exists(const AppName& name) {
  return ::access(file(name).c_str(), F_OK) == 0;
}

App App::load(const AppName& name) {
  if (!exists(name))
    throw PushError(
        concat("there is no app '", name.view(), "'\ncreate it: hythe create ", name.view()),
        EX_NOINPUT);
  return from_yaml(name, Yaml::load(App::file(name)));
}

App App::from_yaml(const AppName& name, const Yaml& file) {
  App app{.name = name};
  for (const auto& [key, value] : file["environment"].fields())
    app.environment.emplace(key, value.text());
  for (const auto& [type, count] : file["formation"].fields())
    app.formation.emplace(type, number(count));
  for (const auto& [key, value] : file["limits"].fields())
    app.limits.emplace(key, value.text());
  app.release = number(file["release"]);
  app.deployment = number(file["deployment"]);
  app.ref = file["branch"].text();
  if (const auto stack = StackName::parse(file["stack"].text())) app.stack = *stack;
  return app;
}

std::vector<AppName> App::all() {
  std::vector<AppName> names;
  for (const auto& entry : std::filesystem::directory_iterator(paths::kApps)) {
    const auto name = AppName::parse(entry.path().filename().string());
    if (name && exists(*name)) names.push_back(*name);
  }
  std::sort(names.begin(), names.end(),
            [](const AppName& a, const AppName& b) { return a.view() < b.view(); });
  return names;
}

void App::save() const {
  replace_file(file(name), to_yaml().dump(), Durability::survives_power_cut);
}

Yaml App::to_yaml() const {
  Yaml variables;
  for (const auto& [key, value] : environment) variables.add(key, value);
  Yaml counts;
  for (const auto& [type, count] : formation) counts.add(type, std::to_string(count));
  Yaml own_limits;
  for (const auto& [key, value] : limits) own_limits.add(key, value);
  Yaml file;
  file.add("version", "1")
      .add("release", std::to_string(release))
      .add("deployment", std::to_string(deployment))
      .add("branch", ref)
      .add("stack", stack.view())
      .add("formation", std::move(counts))
      .add("limits", std::move(own_limits))
      .add("environment", std::move(variables));
  return file;
}

void Change::apply_to(App& app) const {
  for (const auto& [name, value] : environment)
    if (value)
      app.environment[name] = *value;
    else
      app.environment.erase(name);
  for (const auto& [type, count] : formation) app.formation[type] = count;
}

AppName parse_app_name(std::string_view text) {
  if (const auto name = AppName::parse(text)) return *name;
  throw PushError(concat("'", printable(text.substr(0, 60)),
                         "' is not the name of an app\na name is 1 to ", AppName::kMaxLength,
                         " characters of a-z, 0-9 and '-', begins with a letter, has no '--' "
                         "and no '-' at the end"),
                  EX_USAGE);
}

}  // namespace hythe
