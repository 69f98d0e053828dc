// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inside/build/layout.h"
#include "inside/build/tree.h"

namespace hythe::builder {

/// A `.slugignore`: which files of the built app are not part of the release. As on Scalingo it
/// is applied after the build, so that `/node_modules/.cache` and the like can be in it.
class SlugIgnore {
 public:
  /// A pattern a line: '*' and '?' do not match '/', "**" as a whole part of a path stands for
  /// any directories, a leading '/' says nothing: all patterns begin at the root. '#' begins a
  /// comment, a '/' at the end is not needed.
  [[nodiscard]] static SlugIgnore parse(std::string_view text);

  /// `path` is relative. Never the Procfile, nor .profile.d or what is in it: an app would
  /// start differently than its buildpack meant.
  [[nodiscard]] bool matches(std::string_view path) const;
  [[nodiscard]] bool empty() const { return patterns_.empty(); }

 private:
  std::vector<std::vector<std::string>> patterns_;  // in parts
};

/// Removes what the app's .slugignore names, if it has one, and tells how much that was.
void apply_slugignore(const Layout& layout);

}  // namespace hythe::builder
