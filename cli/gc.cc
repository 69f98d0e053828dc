// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <filesystem>
#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/git/git_maintenance.h"
#include "lib/units.h"
#include "model/app.h"
#include "model/config.h"
#include "model/container/disk_usage.h"
#include "model/forge/review_branches.h"
#include "model/repository_turn.h"
#include "pipeline/garbage.h"
#include "pipeline/pending.h"
#include "pipeline/review_apps.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

std::uint64_t size_of(const std::string& directory) {
  std::uint64_t bytes = 0;
  std::error_code gone;  // while we look
  for (fs::recursive_directory_iterator entry(directory, gone), end; entry != end;
       entry.increment(gone)) {
    if (gone) break;
    if (entry->is_regular_file(gone) && !gone) bytes += entry->file_size(gone);
  }
  return bytes;
}

/// What there is of an app, root's part and ours.
std::uint64_t room_of(const AppName& app) {
  const DiskUsage disk = DiskUsage::of(app);
  const bool has_repository = !fs::is_symlink(App::repository(app));  // and not its parent's
  return disk.cache + disk.releases + disk.builds + size_of(App::directory(app)) +
         (has_repository ? size_of(App::repository(app)) : 0);
}

void tidy_repository_of(const AppName& app) {
  for (const std::string& ref : prune_review_branches(app))
    std::cerr << "warning: " << app.view() << ": '" << ref << "' cannot be removed, ignoring\n";
  const Cancellation never;
  const UniqueFd turn = wait_for_turn(app, never);
  tidy_repository(App::repository(app));
}

std::uint64_t collect(const AppName& app, const Config& config, const Caller& caller) {
  const std::uint64_t before = room_of(app);
  {
    const AppLock lock = take_lock(app, "gc", caller);
    settle(app, lock, config);
    forget_garbage(app, lock, config);
    if (!App::load(app).review) tidy_repository_of(app);
  }
  sweep(app);
  const std::uint64_t after = room_of(app);
  const std::uint64_t freed = before > after ? before - after : 0;
  std::cout << app.view() << ": " << (freed == 0 ? "nothing to free" : "freed ")
            << (freed == 0 ? "" : format_size(freed)) << ", takes " << format_size(after)
            << '\n';
  std::cout.flush();
  return freed;
}

/// Logs are the last that `destroy` and the first that `create` has: by them the apps are
/// found that there is something left of.
void collect_of_gone_apps() {
  for (const auto& entry : fs::directory_iterator(paths::kLogs)) {
    const auto name = AppName::parse(entry.path().filename().string());
    if (name && !App::exists(*name)) sweep(*name);
  }
  for (const auto& entry : fs::directory_iterator(paths::kRepos))
    if (entry.path().filename().string().starts_with(".destroyed-"))
      fs::remove_all(entry.path());
}

void destroy_expired_review_apps(const Config& config, const Caller& caller) {
  const auto is_over = [&config](const App& app) { return has_expired(app, config); };
  for (const App& app : expired_review_apps(config))
    if (remove_review_app(app.name, caller.name, is_over))
      std::cout << app.name.view() << ": its time was over: destroyed" << std::endl;
}

}  // namespace

int gc(Arguments& arguments, const Caller& caller) {
  const auto word = arguments.optional_word();
  arguments.end();
  const Config config = Config::load();
  if (word) {
    (void)collect(App::load(parse_app_name(*word)).name, config, caller);
    return EX_OK;
  }
  std::uint64_t freed = 0;
  int code = EX_OK;
  try {
    destroy_expired_review_apps(config, caller);
  } catch (const std::exception& error) {
    std::cerr << "warning: review apps: " << error.what() << ", ignoring\n";
    code = EX_UNAVAILABLE;
  }
  for (const AppName& app : App::all()) {
    try {
      freed += collect(app, config, caller);
    } catch (const std::exception& error) {
      std::cerr << "warning: " << app.view() << ": " << error.what() << ", ignoring\n";
      code = EX_UNAVAILABLE;  // the others have their turn all the same
    }
  }
  collect_of_gone_apps();
  std::cout << "freed " << format_size(freed) << " in all\n";
  return code;
}

}  // namespace hythe
