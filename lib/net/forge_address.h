// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

enum class Forge { github, gitlab };

[[nodiscard]] const char* word(Forge forge);
/// Throws PushError (EX_USAGE) that names those that there are.
[[nodiscard]] Forge parse_forge(std::string_view text);

/// Where a repository is at a forge. Holding one is proof that nothing in it reads as an
/// option, and that neither a password nor a character that a shell would take amiss is part of
/// it.
struct ForgeAddress {
  enum class Scheme { https, ssh };

  Scheme scheme = Scheme::https;
  std::string user{};  // ssh: the account, git by default; https: the token's, or empty
  std::string host{};
  unsigned port = 0;   // 0: the scheme's own
  std::string path{};  // "acme/shop", without ".git"

  /// "https://host/acme/shop.git", "ssh://git@host:22/acme/shop.git" or
  /// "git@host:acme/shop.git". Throws PushError (EX_USAGE) that says what is wrong.
  [[nodiscard]] static ForgeAddress parse(std::string_view text);

  /// As git takes it, without the user of an https one.
  [[nodiscard]] std::string url() const;
  [[nodiscard]] unsigned effective_port() const;
  /// As hosts are called in known_hosts (sshd(8)): "host" or "[host]:port".
  [[nodiscard]] std::string host_key_name() const;
};

/// By the host's name. Throws PushError (EX_USAGE) when that does not tell.
[[nodiscard]] Forge guess_forge(const ForgeAddress& address);
/// Where the forge's API begins: "https://api.github.com", "https://host/api/v3" for GitHub
/// Enterprise, "https://host/api/v4" for GitLab.
[[nodiscard]] std::string api_of(Forge forge, const ForgeAddress& address);

/// What git calls a branch, of characters that neither a shell nor a terminal would take amiss.
[[nodiscard]] bool is_branch_name(std::string_view name);

}  // namespace hythe
