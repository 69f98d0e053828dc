// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inside/build/git.h"
#include "inside/build/layout.h"
#include "inside/build/request.h"

namespace hythe::builder {

/// Where a repository's submodules are, and which commits of them: git's tree has the one,
/// .gitmodules in its files the other.
using Submodules = std::vector<Request::Submodule>;

/// Puts the files of the submodules, and of theirs, where they belong in `directory`, whose
/// own files are there. `base` is the address of the repository itself, for relative ones;
/// `mirrors` has what was fetched before. The limits hold for all files together, as after
/// every submodule. Throws BuildFailure: an address that no build may use, or none; what
/// cannot be fetched; more than the limits.
struct SubmoduleLimits {
  std::uint64_t bytes;
  std::uint64_t files;
};
void fetch_submodules(const Submodules& submodules, const std::string& directory,
                      const std::string& base, const Git& git, const std::string& mirrors,
                      const SubmoduleLimits& limits);

/// Those of a repository whose files were written to `directory` from `mirror`.
class Mirror;
[[nodiscard]] Submodules submodules_of(const Mirror& mirror, const std::string& commit);

}  // namespace hythe::builder
