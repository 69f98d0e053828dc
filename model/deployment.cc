// SPDX-License-Identifier: Apache-2.0
#include "model/deployment.h"

#include "core/decimal.h"
#include "lib/file/atomic_file.h"
#include "lib/file/numbered_files.h"
#include "lib/yaml.h"
#include "model/app.h"
#include "model/state.h"

namespace hythe {
namespace {

constexpr Status kAll[] = {Status::queued,        Status::building,      Status::pushing,
                           Status::starting,      Status::success,       Status::build_error,
                           Status::crashed_error, Status::timeout_error, Status::hook_error,
                           Status::aborted};

std::string directory_of(const AppName& app) {
  return App::directory(app) + "/deployments";
}

std::string file_of(const AppName& app, Number number, const char* suffix) {
  return concat(directory_of(app), '/', number, suffix);
}

Status parse_status(std::string_view text) {
  for (const Status status : kAll)
    if (text == word(status)) return status;
  return Status::aborted;
}

Milliseconds milliseconds(const Yaml& value) {
  return Milliseconds(parse_decimal(value.text(), 1ULL << 53U).value_or(0));
}

std::string text(Milliseconds value) {
  return std::to_string(value.count());
}

}  // namespace

const char* word(Status status) {
  switch (status) {
    case Status::queued:
      return "queued";
    case Status::building:
      return "building";
    case Status::pushing:
      return "pushing";
    case Status::starting:
      return "starting";
    case Status::success:
      return "success";
    case Status::build_error:
      return "build-error";
    case Status::crashed_error:
      return "crashed-error";
    case Status::timeout_error:
      return "timeout-error";
    case Status::hook_error:
      return "hook-error";
    case Status::aborted:
      return "aborted";
  }
  return "";
}

bool is_final(Status status) {
  return status >= Status::success;
}

Deployment Deployment::begin(const AppName& app) {
  return {.app = app,
          .number = begin_numbered_file(directory_of(app), ".log"),
          .started = unix_time()};
}

std::optional<Deployment> Deployment::load(const AppName& app, Number number) {
  const Yaml file = load_state_file(file_of(app, number, ".yml"));
  if (!file.has("status")) return std::nullopt;
  Deployment record{.app = app, .number = number};
  record.status = parse_status(file["status"].text());
  record.trigger = file["trigger"].text();
  record.who = file["who"].text();
  record.message = file["message"].text();
  record.ref = file["ref"].text();
  record.commit = file["commit"].text();
  record.archive = SourceArchive::from_yaml(file["archive"]);
  record.summary = file["summary"].text();
  record.release =
      static_cast<Number>(parse_decimal(file["release"].text(), kMaxNumber).value_or(0));
  record.is_dry_run = file["dry_run"].is_true();
  record.lane = parse_lane(file["lane"].text());
  record.reason = file["reason"].text();
  record.started = milliseconds(file["started"]);
  record.finished = milliseconds(file["finished"]);
  for (const auto& [name, took] : file["phases"].fields())
    record.phases.push_back({name, milliseconds(took)});
  record.buildpacks = used_buildpacks(file["buildpacks"]);
  return record;
}

std::vector<Deployment> Deployment::newest(const AppName& app, std::size_t count) {
  const auto numbers = numbered_files(directory_of(app), ".yml");
  std::vector<Deployment> records;
  for (auto number = numbers.rbegin(); number != numbers.rend() && records.size() < count;
       ++number)
    if (auto record = load(app, *number)) records.push_back(std::move(*record));
  return records;
}

std::vector<Number> Deployment::numbers(const AppName& app) {
  return numbered_files(directory_of(app), ".log");  // which come first
}

void Deployment::remove(const AppName& app, Number number) {
  remove_file(file_of(app, number, ".yml"));
  remove_file(file_of(app, number, ".log"));
}

void Deployment::save() const {
  Yaml table;
  for (const Phase& phase : phases) table.add(phase.name, text(phase.took));
  Yaml file = begin_state_file();
  file.add("status", word(status))
      .add("trigger", trigger)
      .add("who", who)
      .add("message", message)
      .add("ref", ref)
      .add("commit", commit)
      .add("summary", summary)
      .add("release", std::to_string(release))
      .add_flag("dry_run", is_dry_run)
      .add("lane", lane ? word(*lane) : "")
      .add("reason", reason)
      .add("started", text(started))
      .add("finished", text(finished))
      .add("phases", std::move(table))
      .add("buildpacks", to_yaml(buildpacks));
  if (archive) file.add("archive", archive->to_yaml());
  replace_file(
      file_of(app, number, ".yml"), file.dump(),
      is_final(status) ? Durability::survives_power_cut : Durability::survives_crash_of_hythe);
}

std::string Deployment::log_path() const {
  return file_of(app, number, ".log");
}

std::string Deployment::beacon_path() const {
  return file_of(app, number, ".beacon");
}

}  // namespace hythe
