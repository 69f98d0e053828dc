// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "inside/build/download.h"

namespace hythe::builder {

/// git as a build uses it: the stack's own, which reads the administrator's configuration
/// (url.<base>.insteadOf, a proxy), asks nobody anything and speaks http, ssh and git only.
///
/// Not libgit2: whoever parses what a stranger's server sends should have no more rights than
/// the buildpack that it fetches. hythe-build has none; the deployment, which could link the
/// library, owns every app.
class Git {
 public:
  /// `environment` as scripts have it. With a `key`, a private one, ssh uses that and no
  /// other: it is put into `home`, which is thrown away after the build.
  Git(const Variables& environment, const std::string& home, const std::string& key);

  /// Of objects that are here already: no limits.
  [[nodiscard]] Outcome local(const std::string& directory,
                              const std::vector<std::string>& arguments) const;
  [[nodiscard]] Outcome remote(const std::string& directory,
                               const std::vector<std::string>& arguments,
                               const DownloadLimits& limits) const;
  /// The same, with the user and password of that address: git finds them in its environment.
  [[nodiscard]] Git authorized_for(const std::string& url) const;
  /// The same with this variable as well.
  [[nodiscard]] Git with(const std::string& name, const std::string& value) const;

 private:
  Variables environment_;
};

}  // namespace hythe::builder
