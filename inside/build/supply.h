// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "inside/build/address.h"
#include "inside/build/buildpack.h"
#include "inside/build/git.h"
#include "inside/build/layout.h"

namespace hythe::builder {

/// A buildpack that is here, and what came from where.
struct Supplied {
  Buildpack buildpack;
  std::string url{};      // empty for an official one
  std::string version{};  // the commit, or the SHA-256 sum of an archive
};

/// Puts a buildpack, the `number`th of this build, into a directory of its own, which its
/// scripts may write to: copied, fetched or downloaded, the last two said in the log. Throws
/// BuildFailure: there is no such thing, or it is no buildpack.
[[nodiscard]] Supplied supply(const BuildpackAddress& address, int number, const Layout& layout,
                              const Variables& environment, const Git& git);

}  // namespace hythe::builder
