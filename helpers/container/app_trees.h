// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/helper_contract.h"
#include "core/unique_fd.h"
#include "helpers/directory.h"
#include "helpers/lock.h"

namespace hythe::container {

/// The trees of an app on disk. Every directory named here is root's, 0700, so that nothing
/// in it can be renamed or replaced by the app; what the app writes is one level below, and
/// is never opened by a path through it.
///
///   releases/APP/N/app      the release
///   builds/APP/D/tree       a build's /build; `finished` beside it says that it succeeded,
///                           `stack` here and there on which one (installed_stack.h)
///   cache/APP/tree          of the last released build

[[nodiscard]] std::string release_tree(const AppName& app, Number release);
/// What the name beside them begins with of one that is not wholly on disk yet.
inline constexpr const char* kUnfinished = ".new-";
[[nodiscard]] std::string unfinished_release(Number deployment);
[[nodiscard]] std::string build_tree(const AppName& app, Number deployment);
[[nodiscard]] std::string cache_tree(const AppName& app);

/// Every name in root's directory `dir`; what is changed meanwhile is no matter.
[[nodiscard]] std::vector<std::string> names_in(const root::Directory& dir);

/// While it is held, no release is being forgotten: what has the name of a forgotten one is one
/// for good.
[[nodiscard]] root::Lock lock_forgetting();

/// Gives a directory a name that no build or release has (".old-NAME-I"): it is forgotten from
/// here on, and removed by a sweep. Returns the name.
std::string set_aside(const root::Directory& dir, const std::string& name);

/// The app's own directory below one of paths::kReleases, kBuilds, kCache and kLogs.
[[nodiscard]] UniqueFd open_app_directory(const char* parent, const AppName& app);

/// Whether `name` in root's directory `dir` is a directory of that user, and no symlink.
[[nodiscard]] bool is_directory_of(int dir, const char* name, unsigned uid);

/// Root's directory of a release, if the app has it.
[[nodiscard]] std::optional<root::Directory> find_release(const AppName& app, Number release,
                                                          Slot slot);
/// The same; ends the process (EX_NOINPUT) when there is none.
[[nodiscard]] root::Directory require_release(const AppName& app, Number release, Slot slot);

/// Removes forgotten releases, as the app's user. It takes as long as it takes.
void sweep_releases(const AppName& app, Slot slot);

/// cache/APP, with a `tree` in it that is the app's user's, empty if there was none.
[[nodiscard]] root::Directory open_cache(const AppName& app, Slot slot);

/// What clearing a cache has set aside (".old-N") and not removed, when it was killed.
void remove_old_caches(const root::Directory& cache, Slot slot);

/// Makes an empty directory and gives it to that user.
[[nodiscard]] bool make_directory_for(int dir, const char* name, unsigned uid);

}  // namespace hythe::container
