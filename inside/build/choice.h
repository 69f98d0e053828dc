// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inside/build/layout.h"
#include "inside/build/process.h"

namespace hythe::builder {

/// A buildpack to be run, in the order of a list of them.
struct Chosen {
  std::string name;
  /// Known when it was detected. One that was chosen by name has yet to be asked, after the
  /// buildpacks before it.
  std::optional<std::string> language;
  std::string remark{};  // to be shown below its title
};

/// Who builds this source: whoever the app's variables name, or the first official buildpack
/// that recognises it. Throws BuildFailure when nobody does.
[[nodiscard]] std::vector<Chosen> choose_buildpacks(const Layout& layout, const Variables& app,
                                                    const Variables& environment);

}  // namespace hythe::builder
