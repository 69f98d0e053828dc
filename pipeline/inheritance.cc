// SPDX-License-Identifier: Apache-2.0
#include "pipeline/inheritance.h"

#include <sysexits.h>

#include <optional>
#include <utility>

#include "core/project_directory.h"
#include "lib/errors.h"
#include "lib/git/git_repository.h"
#include "lib/printable.h"
#include "lib/secret.h"
#include "model/build/app_manifest.h"
#include "model/env_name.h"
#include "pipeline/container_size.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

constexpr std::uint64_t kLargestManifest = 256U << 10U;

/// "a/b", "a", "": a directory of the source, and those above it.
std::vector<std::string> upwards(std::string directory) {
  std::vector<std::string> out;
  while (!directory.empty()) {
    out.push_back(directory + '/');
    const auto slash = directory.rfind('/');
    directory.erase(slash == std::string::npos ? 0 : slash);
  }
  out.emplace_back();
  return out;
}

std::optional<TreeEntry> find_file(const GitRepository& repository, const Oid& commit,
                                   const std::string& path) {
  TreeWalk walk = repository.walk(commit);
  while (auto entry = walk.next()) {
    if (entry->path == path) return entry;
    if (!path.starts_with(entry->path + '/')) walk.skip_directory();
  }
  return std::nullopt;
}

std::string read_text(const GitRepository& repository, const TreeEntry& file) {
  if (file.kind != TreeEntry::Kind::file && file.kind != TreeEntry::Kind::executable)
    throw PushError(concat("'", printable(file.path), "' is not a regular file"));
  if (file.size > kLargestManifest)
    throw PushError(concat("'", printable(file.path), "' is larger than ",
                           kLargestManifest >> 10U, " KiB"));
  return std::string(repository.read_blob(file.oid).bytes());
}

/// In the directory that is deployed, or in the next one above it.
std::optional<AppManifest> find_manifest(const Order& order, const std::string& directory) {
  if (order.archive) return std::nullopt;
  const auto repository = GitRepository::open(App::repository(order.app), order.quarantine);
  for (const std::string& prefix : upwards(directory))
    for (const char* name : {"scalingo.json", "app.json"})
      if (const auto file = find_file(repository, order.commit, prefix + name))
        return AppManifest::parse(read_text(repository, *file), name);
  return std::nullopt;
}

/// Its own, else its parent's, as with every variable.
std::string project_of(const App& app, const App& parent) {
  for (const auto* environment : {&app.environment, &parent.environment})
    if (const auto found = environment->find("PROJECT_DIR"); found != environment->end())
      return std::string(project_directory(found->second));
  return {};
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

std::string number_of(const Review& review) {
  return review.request == 0 ? review.name : std::to_string(review.request);
}

std::string fill_in(std::string text, const App& app, const std::string& url) {
  const std::pair<const char*, std::string> tokens[] = {
      {"%APP%", std::string(app.name.view())},
      {"%PARENT_APP%", std::string(app.review->parent.view())},
      {"%PR_NUMBER%", number_of(*app.review)},
      {"%URL%", url}};
  for (const auto& [token, value] : tokens) replace_all(text, token, value);
  return text;
}

/// nullopt when the manifest takes it away.
std::optional<std::string> value_of(const AppManifest::Variable& variable, const App& app,
                                    const std::string& url) {
  using Kind = AppManifest::Variable::Kind;
  switch (variable.kind) {
    case Kind::value:
      return variable.text;
    case Kind::secret:
      return make_secret();
    case Kind::url:
      return fill_in(variable.text.empty() ? "%URL%" : variable.text, app, url);
    case Kind::text:
      return fill_in(variable.text, app, url);
    case Kind::unset:
    case Kind::required:
      break;
  }
  return std::nullopt;
}

std::map<std::string, std::string> environment_of(const App& app, const App& parent,
                                                  const AppManifest& manifest,
                                                  const std::string& url) {
  auto environment = parent.environment;
  for (const auto& [name, variable] : manifest.environment) {
    if (variable.kind == AppManifest::Variable::Kind::required) {
      if (environment.contains(name) || app.environment.contains(name)) continue;
      throw PushError(concat("'", manifest.file, "' requires the variable '", name, "', and '",
                             parent.name.view(), "' has none of that name\nset it, and push ",
                             "again: hythe env ", app.name.view(), " set ", name, "=VALUE"),
                      EX_DATAERR);
    }
    if (auto value = value_of(variable, app, url)) {
      check_env_variable(name, *value);
      environment[name] = std::move(*value);
    } else {
      environment.erase(name);
    }
  }
  return environment;
}

void drop_unknown_sizes(AppManifest& manifest, const Config& config, Console& console) {
  for (auto& [type, process] : manifest.formation)
    drop_unknown_size(process.size,
                      concat("'", manifest.file, "' wants size '", printable(process.size, 40),
                             "' for ", printable(type, 40)),
                      config, console);
}

}  // namespace

bool is_to_inherit(const App& app) {
  return app.review && app.release == 0;
}

void inherit_limits(App& app) {
  if (!is_to_inherit(app)) return;
  App parent = App::load(app.review->parent);
  app.limits.merge(parent.limits);
  app.settings.merge(parent.settings);
  if (app.stack == StackName::host()) app.stack = parent.stack;
}

void inherit(App& app, const App& parent, const AppManifest& manifest, const std::string& url) {
  app.environment.merge(environment_of(app, parent, manifest, url));
  check_environment(app.environment);
  auto formation = parent.formation;
  auto sizes = parent.sizes;
  for (const auto& [type, process] : manifest.formation) {
    if (process.count) formation[type] = *process.count;
    if (!process.size.empty()) sizes[type] = process.size;
  }
  app.formation.merge(std::move(formation));
  app.sizes.merge(std::move(sizes));
  app.stop_first.insert(parent.stop_first.begin(), parent.stop_first.end());
}

std::string inherit(App& app, const Order& order, const Config& config, Progress& progress) {
  if (!is_to_inherit(app)) return {};
  progress.enter(Status::building, "inherit");
  const App parent = App::load(app.review->parent);
  AppManifest manifest = find_manifest(order, project_of(app, parent)).value_or(AppManifest{});
  drop_unknown_sizes(manifest, config, progress.console);
  if (manifest.has_add_ons)
    progress.console.line(
        concat("warning: hythe has no add-ons, which '", manifest.file, "' wants"));
  inherit(app, parent, manifest, "http://" + domain_of(app.name, config));
  progress.console.detail(concat("variables and formation of ", parent.name.view(),
                                 manifest.file.empty() ? "" : ", changed by " + manifest.file));
  return manifest.first_deploy;
}

}  // namespace hythe
