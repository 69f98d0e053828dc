// SPDX-License-Identifier: Apache-2.0
#include "model/app.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/decimal.h"
#include "core/paths.h"
#include "core/slot.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/printable.h"
#include "lib/yaml.h"
#include "model/state.h"

namespace hythe {
namespace {

Number number(const Yaml& value) {
  return static_cast<Number>(parse_decimal(value.text(), kMaxNumber).value_or(0));
}

std::map<std::string, std::string> texts(const Yaml& file) {
  std::map<std::string, std::string> out;
  for (const auto& [key, value] : file.fields()) out.emplace(key, value.text());
  return out;
}

Yaml to_yaml(const std::map<std::string, std::string>& values) {
  Yaml out;
  for (const auto& [key, value] : values) out.add(key, value);
  return out;
}

std::optional<Review> to_review(const Yaml& file) {
  const auto parent = AppName::parse(file["of"].text());
  if (!parent) return std::nullopt;
  return Review{
      .parent = *parent,
      .name = file["name"].text(),
      .request = parse_decimal(file["request"].text(), 1ULL << 50U).value_or(0),
      .created = Milliseconds(parse_decimal(file["created"].text(), 1ULL << 50U).value_or(0))};
}

Yaml to_yaml(const Review& review) {
  Yaml out;
  out.add("of", review.parent.view())
      .add("name", review.name)
      .add("request", std::to_string(review.request))
      .add("created", std::to_string(review.created.count()));
  return out;
}

template <class Texts>
Yaml list(const Texts& texts) {
  Yaml out;
  for (const std::string& text : texts) out.append(text);
  return out;
}

void apply(const std::map<std::string, std::optional<std::string>>& changes,
           std::map<std::string, std::string>& values) {
  for (const auto& [name, value] : changes)
    if (value)
      values[name] = *value;
    else
      values.erase(name);
}

unsigned sum(const App& app, const std::string& type, int more) {
  const int count = static_cast<int>(app.count(type)) + more;
  if (count < 0 || count > static_cast<int>(Position::kCount))
    throw PushError(
        concat("'", type, "' has ", app.count(type), " containers, and ", more < 0 ? "" : "+",
               more, " would make it ", count, "\nan app can have 0 to ", Position::kCount),
        EX_DATAERR);
  return static_cast<unsigned>(count);
}

}  // namespace

unsigned App::count(const std::string& type) const {
  const auto set = formation.find(type);
  if (set != formation.end()) return set->second;
  return type == "web" || type == "tcp" ? 1 : 0;
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
  return from_yaml(name, load_state_file(App::file(name)));
}

App App::load_deployed(const AppName& name) {
  App app = load(name);
  app.require_deployed();
  return app;
}

void App::require_deployed() const {
  if (release != 0) return;
  throw PushError(
      concat("nothing was deployed to '", name.view(), "' yet\npush: git push hythe main"),
      EX_NOINPUT);
}

App App::from_yaml(const AppName& name, const Yaml& file) {
  App app{.name = name};
  app.environment = texts(file["environment"]);
  for (const Yaml& variable : file["waiting"].items()) app.waiting.insert(variable.text());
  for (const auto& [type, count] : file["formation"].fields())
    app.formation.emplace(type, number(count));
  app.sizes = texts(file["sizes"]);
  for (const Yaml& type : file["stop_first"].items()) app.stop_first.insert(type.text());
  for (const Yaml& domain : file["domains"].items()) app.domains.push_back(domain.text());
  app.settings = texts(file["settings"]);
  app.limits = texts(file["limits"]);
  app.is_stopped = file["stopped"].is_true();
  app.release = number(file["release"]);
  app.deployment = number(file["deployment"]);
  app.ref = file["branch"].text();
  if (const auto stack = StackName::parse(file["stack"].text())) app.stack = *stack;
  app.review = to_review(file["review"]);
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
  Yaml counts;
  for (const auto& [type, count] : formation) counts.add(type, std::to_string(count));
  Yaml file = begin_state_file();
  file.add("release", std::to_string(release))
      .add("deployment", std::to_string(deployment))
      .add("branch", ref)
      .add("stack", stack.view())
      .add_flag("stopped", is_stopped)
      .add("formation", std::move(counts))
      .add("sizes", hythe::to_yaml(sizes))
      .add("stop_first", list(stop_first))
      .add("domains", list(domains))
      .add("settings", hythe::to_yaml(settings))
      .add("limits", hythe::to_yaml(limits))
      .add("waiting", list(waiting))
      .add("environment", hythe::to_yaml(environment));
  if (review) file.add("review", hythe::to_yaml(*review));
  return file;
}

void Change::apply_to(App& app) const {
  apply(environment, app.environment);
  for (const auto& [type, count] : formation) app.formation[type] = count;
  for (const auto& [type, count] : more) app.formation[type] = sum(app, type, count);
  for (const auto& [type, size] : sizes)
    if (size.empty())
      app.sizes.erase(type);
    else
      app.sizes[type] = size;
  for (const auto& [type, is_set] : stop_first)
    if (is_set)
      app.stop_first.insert(type);
    else
      app.stop_first.erase(type);
  if (domains) app.domains = *domains;
  apply(settings, app.settings);
  if (release) app.release = *release;
  if (is_stopped) app.is_stopped = *is_stopped;
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
