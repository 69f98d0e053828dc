// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Where repositories, archives and buildpacks are, as people write it.
namespace hythe::builder {

/// 40 hexadecimal digits, in lower case.
[[nodiscard]] bool is_commit_id(std::string_view text);

/// A relative path that stays below where it begins: not empty, no "..", "." or "" in it.
[[nodiscard]] bool is_path_below(std::string_view path);

/// An address on another machine that is safe to be given to git: https, http, ssh or git
/// URLs, and user@host:path. Never "ext::…", a local path, or what could be an option.
[[nodiscard]] bool is_remote(std::string_view url);

/// The same, to be shown and kept: without what may be a secret, the user and password of a
/// URL and what follows its '?'.
[[nodiscard]] std::string without_credentials(std::string_view url);

/// What somebody wrote as an address and what is none, for a message: cut off where it might
/// have a password in it.
[[nodiscard]] std::string shown_as_typed(std::string_view text);

/// What a relative address, "../lib.git" or "./lib", means beside the repository at `base`;
/// others as they are. Empty when it leads above the host.
[[nodiscard]] std::string resolve_relative(std::string_view url, std::string_view base);
[[nodiscard]] bool is_relative(std::string_view url);

/// A file name for any text, of its own and the same for the same text. It can be read, but
/// holds no secret: without_credentials(), with all but letters, digits, '-' and '_' replaced,
/// and a number made of the whole text.
[[nodiscard]] std::string as_file_name(std::string_view text);

/// Where a buildpack comes from:
///
///   nodejs                          official
///   ./path                          a directory of the app
///   heroku/NAME                     https://github.com/heroku/heroku-buildpack-NAME
///   URL[#REF]                       a git repository, or a .tgz or .tar.gz
struct BuildpackAddress {
  /// `tried` is nothing that anybody writes: a directory that came with the source.
  enum class Kind { official, in_app, repository, archive, tried };

  Kind kind = Kind::official;
  std::string location{};  // name, path or URL
  std::string ref{};       // branch, tag or commit; empty for the newest
  std::string name{};      // to call it by

  /// nullopt when it is none of these.
  [[nodiscard]] static std::optional<BuildpackAddress> parse(std::string_view text);
  [[nodiscard]] static BuildpackAddress official(const std::string& name);
  /// As it was written, without credentials.
  [[nodiscard]] std::string shown() const;
};

}  // namespace hythe::builder
