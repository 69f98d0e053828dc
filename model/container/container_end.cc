// SPDX-License-Identifier: Apache-2.0
#include "model/container/container_end.h"

#include <sstream>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {

ContainerEnd ContainerEnd::parse(const std::string& text) {
  std::istringstream words(text);
  std::string key;
  std::string value;
  std::string reason;
  std::string limit;
  words >> key >> value >> reason >> limit;
  ContainerEnd end;
  end.take(key, value);
  end.take(reason, limit);
  std::getline(words >> std::ws, end.victim);
  return end;
}

void ContainerEnd::take(const std::string& key, const std::string& value) {
  const int number = static_cast<int>(parse_decimal(value, 1024).value_or(255));
  if (key == "exit") {
    is_known = true;
    status = {.code = number};
  } else if (key == "signal") {
    is_known = true;
    status = {.signal = number};
  } else if (key == "oom") {
    out_of_memory = true;
    memory_mib = parse_decimal(value, 1ULL << 40U).value_or(0);
  } else if (key == "victim") {
    victim = value;
  } else if (key == "timeout") {
    timed_out = true;
  } else if (key == "pids") {
    wanted_more_processes = true;
  } else if (key == "disk") {
    filled_disk = true;
  }
}

std::string ContainerEnd::describe() const {
  if (!is_known) return "could not be run";
  const std::string process = victim.empty() ? "" : "process " + printable(victim);
  if (out_of_memory && memory_mib == 0)
    return concat("was killed when the host ran out of memory",
                  process.empty() ? "" : concat(" (", process, ')'));
  if (out_of_memory)
    return concat("ran out of memory (limit ", memory_mib, " MiB",
                  process.empty() ? "" : ", " + process, ")");
  if (timed_out) return "took too long";
  if (filled_disk) return "filled the host's disk";
  // hythe-init passes a signal on as 128 + n, as shells do.
  if (status.signal == 0 && status.code > 128 && status.code < 128 + 65)
    return ExitStatus{.signal = status.code - 128}.describe();
  return status.describe();
}

}  // namespace hythe
