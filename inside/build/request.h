// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace hythe::builder {

/// What to build, as hythe-build's words, two to a fact:
///
///   id ID                 [a-z0-9-]+; names the build directory
///   commit TEXT           what scripts see as SOURCE_VERSION
///   app NAME
///   stack NAME            what the official buildpacks see as STACK
///   stack-for WHOSE=NAME  and those of "github.com/heroku", in lower case; "" is for all whom
///                         nothing else is said of
///   memory BYTES          that the build may use, if there is a limit
///   submodule OID PATH    (one word) a commit to be fetched, and where it belongs
///   submodule-base URL    of the app's repository, for relative addresses
///   source-size BYTES     what the source may be, with its submodules
///   source-files COUNT
///   path-length BYTES
///   buildpack PATH        a directory of the source that is no part of the app but the
///                         buildpack to try
///   buildpack-url ADDRESS what BUILDPACK_URL could say, and stronger than that
///   cache-from none       begins with an empty cache instead of the last one
///   cache-to none         what it leaves in the cache is not for the next build
///
/// The first four are required; stack-for and submodule may come several times. They are
/// everybody's to read, as a command line is; so those that may have a password in them come
/// as variables (core/build_name.h).
struct Request {
  struct Submodule {
    std::string oid;   // 40 hexadecimal digits
    std::string path;  // relative, without ".."
  };
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  std::string id;
  std::string commit;
  std::string app;
  std::string stack;
  Pairs stack_names{};  // by whose buildpack it is
  std::vector<Submodule> submodules{};
  std::uint64_t memory = 0;
  std::string submodule_base{};
  std::uint64_t source_size = UINT64_MAX;
  std::uint64_t source_files = UINT64_MAX;
  std::uint64_t path_length = UINT64_MAX;
  std::string buildpack{};
  std::string buildpack_url{};
  bool uses_last_cache = true;
  bool keeps_cache = true;

  /// `words` is argv without argv[0]; `environment` ends with a nullptr.
  [[nodiscard]] static std::optional<Request> parse(std::span<const char* const> words,
                                                    const char* const* environment);
};

}  // namespace hythe::builder
