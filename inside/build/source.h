// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "inside/build/address.h"
#include "inside/build/layout.h"
#include "inside/build/process.h"

namespace hythe::builder {

/// Makes the build directory from the tar stream on stdin. Throws BuildFailure.
void unpack_source(const Layout& layout);

/// PROJECT_DIR: only that directory of the source is the app, and what chooses buildpacks above
/// it is kept aside. Throws BuildFailure.
void choose_project(const Layout& layout, const std::string& project);

/// A buildpack that is to be tried travels in the source: takes it out of there. Throws
/// BuildFailure.
[[nodiscard]] BuildpackAddress set_aside(const Layout& layout, const std::string& buildpack);

/// A private copy of the app's last good cache, made while the source is unpacked and
/// detected. A copy, since a build that fails must leave no trace in it: a hard link would.
/// Without a cache a build is slower, not wrong: a copy that does not work out is emptied.
class CacheCopy {
 public:
  /// Of a cache that was made on another stack only what was fetched, the mirrors.
  [[nodiscard]] static CacheCopy start(const Layout& layout, const std::string& stack);
  /// To be called before anything uses the cache.
  void finish(const Layout& layout);

 private:
  std::optional<RunningProgram> copy_;
};

/// Writes into the cache which stack it was made on.
void mark_cache(const Layout& layout, const std::string& stack);

}  // namespace hythe::builder
