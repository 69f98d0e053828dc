// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "inside/build/layout.h"
#include "inside/build/process.h"

namespace hythe::builder {

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
