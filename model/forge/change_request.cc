// SPDX-License-Identifier: Apache-2.0
#include "model/forge/change_request.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/decimal.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/file/numbered_files.h"
#include "model/state.h"

namespace hythe {
namespace {

std::string directory_of(const AppName& app) {
  return concat(paths::kDeliveries, '/', app.view(), ".requests");
}

}  // namespace

bool ChangeRequest::record(const AppName& app) const {
  const std::string directory = directory_of(app);
  const std::string path = concat(directory, '/', number, ".yml");
  if (!is_open) {
    remove_file(path);
    return true;
  }
  std::filesystem::create_directories(directory);
  const auto known = numbered_files(directory, ".yml");
  // Whoever likes can open one from a fork: those leave room for the others.
  const std::size_t most = is_from_fork ? kMost / 2 : kMost;
  if (known.size() >= most && std::find(known.begin(), known.end(), number) == known.end())
    return false;
  Yaml file = begin_state_file();
  file.add("action", action)
      .add_flag("fork", is_from_fork)
      .add("branch", branch)
      .add("base", base)
      .add("commit", commit);
  replace_file(path, file.dump(), Durability::survives_power_cut);
  return true;
}

std::optional<ChangeRequest> ChangeRequest::find(const AppName& app, std::uint64_t number) {
  const std::string path = concat(directory_of(app), '/', number, ".yml");
  if (::access(path.c_str(), F_OK) != 0) return std::nullopt;
  const Yaml file = load_state_file(path);
  return ChangeRequest{.number = number,
                       .action = file["action"].text(),
                       .is_open = true,
                       .is_from_fork = file["fork"].is_true(),
                       .branch = file["branch"].text(),
                       .base = file["base"].text(),
                       .commit = file["commit"].text()};
}

std::vector<ChangeRequest> ChangeRequest::open_ones(const AppName& app) {
  std::vector<ChangeRequest> out;
  for (const Number number : numbered_files(directory_of(app), ".yml"))
    if (auto request = find(app, number)) out.push_back(std::move(*request));
  return out;
}

}  // namespace hythe
