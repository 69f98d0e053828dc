// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inside/build/layout.h"
#include "inside/build/process.h"

namespace hythe::builder {

/// A directory with bin/detect, bin/compile and perhaps bin/release and an `export`: how its
/// scripts are called, and nothing about what follows from them.
class Buildpack {
 public:
  Buildpack(std::string name, std::string directory)
      : name_(std::move(name)), directory_(std::move(directory)) {}
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool has(const std::string& file) const;
  /// Not every archive, and not every repository, keeps the x bit.
  void make_scripts_executable() const;

  [[nodiscard]] RunningProgram start_detect(const Layout& layout, const Variables& environment,
                                            Stream errors) const;
  /// Its output goes to the log.
  [[nodiscard]] Outcome compile(const Layout& layout, const Variables& environment) const;
  [[nodiscard]] Outcome release(const Layout& layout, const Variables& environment) const;
  /// What it has to say about a build, successful or not, for the records.
  [[nodiscard]] Outcome report(const Layout& layout, const Variables& environment) const;
  /// `environment`, changed by its `export` as bash understands it. Throws BuildFailure.
  [[nodiscard]] Variables exports(const Variables& environment) const;

 private:
  [[nodiscard]] Program script(const std::string& file, std::vector<std::string> arguments,
                               const Variables& environment) const;

  std::string name_;
  std::string directory_;
};

/// What bin/detect calls the app, or nullopt when it does not apply.
[[nodiscard]] std::optional<std::string> detected_language(const Outcome& detect,
                                                           const std::string& otherwise);

inline constexpr std::size_t kDetectOutputLimit = 4096;

}  // namespace hythe::builder
