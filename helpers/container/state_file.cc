// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/state_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "core/decimal.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

const char* word(Status status) {
  switch (status) {
    case Status::starting:
      return "starting";
    case Status::running:
      return "running";
    case Status::restarting:
      return "restarting";
    case Status::exited:
      return "exited";
    case Status::stopping:
      return "stopping";
  }
  return "";
}

/// `key` with the newline before it and the blank behind it: no first line is asked for.
std::string_view value_of(std::string_view key, std::string_view text) {
  const auto start = text.find(key);
  if (start == std::string_view::npos) return {};
  const auto value = text.substr(start + key.size());
  return value.substr(0, value.find('\n'));
}

}  // namespace

std::string State::text(const ContainerId& id) const {
  std::string out;
  const auto line = [&out](const char* key, std::string_view value) {
    out.append(key).append(" ").append(value).append("\n");
  };
  line("app", id.app.view());
  line("release", std::to_string(release));
  line("lane", word(id.lane));
  line("position", std::to_string(id.position.value));
  line("name", name);
  line("status", word(status));
  line("pid", std::to_string(pid));
  line("started", std::to_string(started_ms));
  line("restarts", std::to_string(restarts));
  if (last) line("last", last->text());
  return out;
}

void State::save(const Claim& claim) const {
  const int dir = claim.directory();
  ::unlinkat(dir, "state.new", 0);
  const UniqueFd file(
      ::openat(dir, "state.new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  // On tmpfs, and worthless after a reboot: nothing to be synced.
  if (file && write_all(file.get(), text(claim.id())) &&
      ::fchown(file.get(), 0, claim.group()) == 0 && ::fchmod(file.get(), 0640) == 0)
    ::renameat(dir, "state.new", dir, "state");
}

pid_t pid_in_state(std::string_view text) {
  const auto pid = parse_decimal(value_of("\npid ", text), 1U << 30U);
  return static_cast<pid_t>(pid.value_or(0));
}

std::string_view name_in_state(std::string_view text) {
  return value_of("\nname ", text);
}

}  // namespace hythe::container
