// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "inside/build/git.h"

namespace hythe::builder {

/// A bare repository in the build cache with what was fetched from one address, so that the
/// next build transfers the difference, and works when the network does not. It is one app's:
/// what an app's own code can write, no other app may build from.
class Mirror {
 public:
  struct Fetched {
    std::string commit;         // 40 digits
    std::string unreachable{};  // why it is the commit of an earlier build, if it is
  };

  /// Creates it in `directory`, which holds those of all addresses, if it is not there.
  Mirror(const Git& git, const std::string& directory, const std::string& url);

  /// The commit that a branch, tag or commit is now; "" stands for the remote's HEAD. Only a
  /// whole commit id that is here needs no network. Throws BuildFailure.
  [[nodiscard]] Fetched fetch(const std::string& ref, const DownloadLimits& limits) const;

  /// Writes the files of a commit to `directory`, an existing one, exactly as committed: no
  /// attribute or filter changes a byte. Throws BuildFailure.
  void write_files(const std::string& commit, const std::string& directory) const;

  /// A program of git's in the mirror, for what else a commit says.
  [[nodiscard]] Outcome ask(const std::vector<std::string>& arguments) const;

 private:
  [[nodiscard]] std::string resolve(const std::string& revision) const;
  [[nodiscard]] Outcome fetch_one(const std::string& ref, const DownloadLimits& limits) const;
  [[nodiscard]] Outcome fetch_all(const DownloadLimits& limits) const;
  void remember(const std::string& ref, const std::string& commit) const;

  Git git_;
  std::string url_;  // without user and password
  std::string directory_;
};

}  // namespace hythe::builder
