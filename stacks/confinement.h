// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace hythe::stacks {

class Interruption;

/// What a confined child holds: two descriptors, and nothing else of the host.
struct Confined {
  int root;     // the directory, which is its "/"
  int archive;  // to be read
};

/// Runs `work` in a child for which `directory` is the whole world, and returns its answer, of
/// a few lines at most. Archives are only ever read in there: by libarchive, xz, zstd and
/// yaml-cpp, each of which has had its CVEs. Code that takes over the child finds
///
///   no file of the host's            a mount namespace whose root is `directory`
///   no right of root's               no capabilities, none to be gained; only what it has
///                                    made itself is its own
///   no process, no network, no IPC   namespaces of its own
///   no other system calls            a filter: files and its own memory, nothing executable
///   no terminal                      a session of its own; only the archive and a pipe
///   no end of memory and time        limits
///
/// and can fill the tree with what it likes, which is what an archive is for. Throws PushError
/// with what the child complained of.
[[nodiscard]] std::string run_confined(const std::string& directory, int archive,
                                       const Interruption& interruption,
                                       const std::function<std::string(const Confined&)>& work);

}  // namespace hythe::stacks
