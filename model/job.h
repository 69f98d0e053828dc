// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hythe {

class Yaml;

/// A command that is run again and again, at times that its app's source says.
struct Job {
  static constexpr std::size_t kMost = 30;  // of an app: as many as it may have one-offs

  /// What becomes of it while the one before still runs.
  enum class Overlap {
    forbid,   // it is not started
    allow,    // both run
    replace,  // the one before gets SIGTERM, and 30 s to end beside the new one
  };

  std::string schedule;  // CronSchedule
  std::string command;   // one line, or a process type
  std::string size{};    // of its container; empty: as any one-off
  Overlap overlap = Overlap::forbid;
  bool is_suspended = false;

  friend bool operator==(const Job&, const Job&) = default;
};
using Jobs = std::vector<Job>;

/// The jobs of a cron.json, as Scalingo has it: {"jobs": [{"command": "0 7 * * * COMMAND",
/// "size": "M"}]}. Throws PushError (EX_DATAERR) that names the file and the job. nullopt when
/// it is JSON without such a key: of somebody else who calls a file so.
[[nodiscard]] std::optional<Jobs> jobs_of_cron_json(const std::string& text);
/// Those of an app.json, as Dokku has it: {"cron": [{"schedule": "@daily", "command": COMMAND,
/// "concurrency_policy": "forbid", "maintenance": false}]}. None when there is no such key, or
/// when it is no JSON, which others may complain of. Throws likewise.
[[nodiscard]] Jobs jobs_of_app_json(const std::string& text);

[[nodiscard]] Yaml to_yaml(const Jobs& jobs);
[[nodiscard]] Jobs jobs_of(const Yaml& list);

}  // namespace hythe
