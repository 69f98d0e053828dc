// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inside/build/git.h"
#include "inside/build/layout.h"
#include "inside/build/request.h"

namespace hythe::builder {

/// Where a repository's submodules are, and which commits of them: git's tree has the one,
/// .gitmodules in its files the other.
using Submodules = std::vector<Request::Submodule>;

class Mirror;

/// Those of a commit in a mirror. Throws BuildFailure for one at an impossible place.
[[nodiscard]] Submodules submodules_of(const Mirror& mirror, const std::string& commit);

/// What all files together may be, those of the repository itself included.
struct SubmoduleLimits {
  std::uint64_t bytes;
  std::uint64_t files;
};

/// Puts the files of the submodules, and of theirs, where they belong in `directory`, whose
/// own files are there. `base` is the address of the repository itself, for relative ones;
/// `mirrors` has what was fetched before. The limits are looked at after every submodule.
/// Throws BuildFailure: an address that no build may use, or none; what cannot be fetched;
/// more than the limits.
void fetch_submodules(const Submodules& submodules, const std::string& directory,
                      const std::string& base, const Git& git, const std::string& mirrors,
                      const SubmoduleLimits& limits);

}  // namespace hythe::builder
