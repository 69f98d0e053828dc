// SPDX-License-Identifier: Apache-2.0
#include "model/release.h"

#include <limits>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/file/numbered_files.h"
#include "lib/yaml.h"
#include "model/app.h"
#include "model/state.h"

namespace hythe {
namespace {

std::string directory_of(const AppName& app) {
  return App::directory(app) + "/releases";
}

std::string file_of(const AppName& app, Number number) {
  return concat(directory_of(app), '/', number, ".yml");
}

}  // namespace

StackName Release::stack_name() const {
  const auto version = StackVersion::parse(stack);
  return version ? version->name() : StackName::host();
}

std::string Release::short_version() const {
  return hythe::short_version(commit, archive);
}

std::string Release::source() const {
  return describe_source(commit, archive);
}

const std::string* Release::command(std::string_view type) const {
  for (const ProcessCommand& known : types)
    if (known.type == type) return &known.command;
  return nullptr;
}

Release Release::begin(const AppName& app) {
  return {.app = app, .number = begin_numbered_file(directory_of(app), ".yml")};
}

Release Release::load(const AppName& app, Number number) {
  if (auto release = find(app, number)) return std::move(*release);
  throw PushError(concat("app '", app.view(), "' has no release ", number,
                         "\nwhat there is: hythe releases ", app.view()),
                  EX_NOINPUT);
}

std::optional<Release> Release::find(const AppName& app, Number number) {
  const Yaml file = load_state_file(file_of(app, number));
  if (!file.has("commit")) return std::nullopt;  // none, or withdrawn
  Release release{.app = app, .number = number};
  release.commit = file["commit"].text();
  release.archive = SourceArchive::from_yaml(file["archive"]);
  release.buildpacks = used_buildpacks(file["buildpacks"]);
  release.stack = file["stack"].text();
  for (const auto& [name, command] : file["process_types"].fields())
    release.types.push_back({name, command.text()});
  release.jobs = jobs_of(file["jobs"]);
  for (const auto& [name, value] : file["variables"].fields())
    release.variables.emplace(name, value.text());
  release.size =
      parse_decimal(file["size"].text(), std::numeric_limits<std::uint64_t>::max() / 16)
          .value_or(0);
  release.summary = file["summary"].text();
  release.who = file["who"].text();
  release.built = Milliseconds(parse_decimal(file["built"].text(), 1ULL << 53U).value_or(0));
  for (const auto& [name, fingerprint] : file["environment"].fields())
    release.environment.emplace(name, fingerprint.text());
  return release;
}

std::vector<Release> Release::all(const AppName& app) {
  const auto numbers = numbered_files(directory_of(app), ".yml");
  std::vector<Release> releases;
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number)
    if (auto release = find(app, *number)) releases.push_back(std::move(*release));
  return releases;
}

void Release::prune(const AppName& app, const std::function<bool(Number)>& is_needed) {
  const auto numbers = numbered_files(directory_of(app), ".yml");
  for (const Number number : numbers)
    if (number != numbers.back() && !is_needed(number)) remove_file(file_of(app, number));
}

void Release::withdraw() const {
  replace_file(file_of(app, number), "", Durability::survives_power_cut);
}

void Release::save() const {
  Yaml commands;
  for (const ProcessCommand& process : types) commands.add(process.type, process.command);
  Yaml defaults;
  for (const auto& [name, value] : variables) defaults.add(name, value);
  Yaml file = begin_state_file();
  Yaml digests;
  for (const auto& [name, fingerprint] : environment) digests.add(name, fingerprint);
  file.add("commit", commit)
      .add("summary", summary)
      .add("who", who)
      .add("built", std::to_string(built.count()))
      .add("buildpacks", hythe::to_yaml(buildpacks))
      .add("stack", stack)
      .add("size", std::to_string(size))
      .add("process_types", std::move(commands))
      .add("variables", std::move(defaults))
      .add("environment", std::move(digests));
  if (!jobs.empty()) file.add("jobs", hythe::to_yaml(jobs));
  if (archive) file.add("archive", archive->to_yaml());
  replace_file(file_of(app, number), file.dump(), Durability::survives_power_cut);
}

}  // namespace hythe
