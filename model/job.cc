// SPDX-License-Identifier: Apache-2.0
#include "model/job.h"

#include <sysexits.h>

#include <algorithm>
#include <array>
#include <optional>

#include "lib/cron_schedule.h"
#include "lib/errors.h"
#include "lib/json.h"
#include "lib/printable.h"
#include "lib/yaml.h"

namespace hythe {
namespace {

constexpr std::size_t kMaxCommand = 4096;
constexpr std::size_t kMaxSchedule = 256;

constexpr std::array<std::pair<Job::Overlap, const char*>, 3> kOverlaps = {
    {{Job::Overlap::forbid, "forbid"},
     {Job::Overlap::allow, "allow"},
     {Job::Overlap::replace, "replace"}}};

const char* word(Job::Overlap overlap) {
  for (const auto& [value, name] : kOverlaps)
    if (value == overlap) return name;
  return "";
}

std::optional<Job::Overlap> parse_overlap(std::string_view text) {
  for (const auto& [value, name] : kOverlaps)
    if (text == name) return value;
  return std::nullopt;
}

void require_line(std::string_view what, std::string_view text, std::size_t most) {
  const bool is_line = std::none_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  });
  if (text.empty() || text.size() > most || !is_line)
    throw PushError(concat("its ", what, " is not one line of 1 to ", most, " bytes"),
                    EX_DATAERR);
}

Job check(Job job) {
  require_line("schedule", job.schedule, kMaxSchedule);
  require_line("command", job.command, kMaxCommand);
  (void)CronSchedule::parse(job.schedule);
  return job;
}

Job read_scalingo(const Json& entry) {
  const std::string line = entry.text({"command"});
  require_line("command", line, kMaxCommand + kMaxSchedule);
  const auto [schedule, command] = CronSchedule::split(line);
  return check({.schedule = std::string(schedule),
                .command = std::string(command),
                .size = entry.text({"size"})});
}

Job read_dokku(const Json& entry) {
  Job job{.schedule = entry.text({"schedule"}),
          .command = entry.text({"command"}),
          .is_suspended = entry.text({"maintenance"}) == "true"};
  if (const std::string policy = entry.text({"concurrency_policy"}); !policy.empty()) {
    const auto overlap = parse_overlap(policy);
    if (!overlap)
      throw PushError(concat("its concurrency_policy '", printable(policy, 40),
                             "' is neither forbid, allow nor replace"),
                      EX_DATAERR);
    job.overlap = *overlap;
  }
  return check(std::move(job));
}

void refuse_twin(const Job& job, const Jobs& others) {
  for (std::size_t i = 0; i < others.size(); ++i)
    if (others[i].schedule == job.schedule && others[i].command == job.command)
      throw PushError(concat("it is the same as job ", i + 1), EX_DATAERR);
}

/// Each of the list at `key`, with the file and the job in front of what is wrong with it.
Jobs read_list(const Json& root, const char* key, std::string_view file,
               Job (*read)(const Json&)) {
  const std::vector<Json> entries = root.items(key);
  const auto list = root.at(key);
  if (!list || list->is_object() || list->size() != entries.size())
    throw PushError(concat("'", file, "': '", key, "' is not a list of jobs"), EX_DATAERR);
  if (entries.size() > Job::kMost)
    throw PushError(
        concat("'", file, "' has ", entries.size(), " jobs; an app may have ", Job::kMost),
        EX_DATAERR);
  Jobs jobs;
  for (const Json& entry : entries) {
    try {
      Job job = read(entry);
      refuse_twin(job, jobs);
      jobs.push_back(std::move(job));
    } catch (const PushError& error) {
      throw PushError(concat("'", file, "', job ", jobs.size() + 1, ": ", error.what()),
                      EX_DATAERR);
    }
  }
  return jobs;
}

}  // namespace

std::optional<Jobs> jobs_of_cron_json(const std::string& text) {
  const auto root = Json::parse(text);
  if (root && !root->has("jobs")) return std::nullopt;
  if (!root)
    throw PushError(
        "'cron.json' is not of the form {\"jobs\": [{\"command\": \"0 7 * * * COMMAND\"}]}",
        EX_DATAERR);
  return read_list(*root, "jobs", "cron.json", read_scalingo);
}

Jobs jobs_of_app_json(const std::string& text) {
  const auto root = Json::parse(text);
  if (!root || !root->has("cron")) return {};
  return read_list(*root, "cron", "app.json", read_dokku);
}

Yaml to_yaml(const Jobs& jobs) {
  Yaml list;
  for (const Job& job : jobs) {
    Yaml entry;
    entry.add("schedule", job.schedule).add("command", job.command);
    if (!job.size.empty()) entry.add("size", job.size);
    if (job.overlap != Job::Overlap::forbid) entry.add("overlap", word(job.overlap));
    if (job.is_suspended) entry.add_flag("suspended", true);
    list.append(std::move(entry));
  }
  return list;
}

Jobs jobs_of(const Yaml& list) {
  Jobs jobs;
  for (const Yaml& entry : list.items())
    jobs.push_back({.schedule = entry["schedule"].text(),
                    .command = entry["command"].text(),
                    .size = entry["size"].text(),
                    .overlap = parse_overlap(entry["overlap"].text()).value_or(Job{}.overlap),
                    .is_suspended = entry["suspended"].is_true()});
  return jobs;
}

}  // namespace hythe
