// SPDX-License-Identifier: Apache-2.0
#include "lib/net/forge_address.h"

#include <algorithm>

#include "lib/errors.h"
#include "lib/net/authority.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr std::size_t kLongest = 500;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Words of letters, digits and some of `others`, none of which begins with '-' or '.'.
bool is_plain(std::string_view text, std::string_view others) {
  if (text.empty() || text.front() == '-' || text.front() == '.') return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_path(std::string_view path) {
  if (path.find('/') == std::string_view::npos) return false;  // an owner and a name
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    if (!is_plain(path.substr(begin, end - begin), "._-")) return false;
    begin = end + 1;
  }
  return true;
}

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw PushError(
      concat("'", printable(text), "' ", why,
             "\nit is like https://github.com/OWNER/NAME or git@gitlab.com:OWNER/NAME.git"),
      EX_USAGE);
}

}  // namespace

const char* word(Forge forge) {
  return forge == Forge::github ? "github" : "gitlab";
}

Forge parse_forge(std::string_view text) {
  for (const Forge forge : {Forge::github, Forge::gitlab})
    if (text == word(forge)) return forge;
  throw PushError(concat("there is no forge '", printable(text, 40),
                         "'\nthere are: github (also GitHub Enterprise), gitlab"),
                  EX_USAGE);
}

ForgeAddress ForgeAddress::parse(std::string_view text) {
  if (text.size() > kLongest) refuse(text.substr(0, 60), "is longer than any address");
  ForgeAddress out;
  std::string_view rest = text;
  const bool is_https = rest.starts_with("https://");
  if (rest.starts_with("http://"))
    refuse(text, "is not encrypted: whoever listens would have the code, and the token");
  const bool is_ssh_url = rest.starts_with("ssh://");
  if (is_https || is_ssh_url) rest.remove_prefix(rest.find("//") + 2);
  if (!is_https && !is_ssh_url && rest.find("://") != std::string_view::npos)
    refuse(text, "is neither https nor ssh");
  out.scheme = is_https ? Scheme::https : Scheme::ssh;

  // scp's way of writing it has a colon where an URL has the first '/'.
  const auto host_end = rest.find(is_https || is_ssh_url ? '/' : ':');
  if (host_end == std::string_view::npos) refuse(text, "is no address of a repository");
  std::string_view path = rest.substr(host_end + 1);
  const std::string_view whole = rest.substr(0, host_end);
  // First: every other complaint has the address in it.
  const auto at = whole.rfind('@');
  if (at != std::string_view::npos && whole.find(':') < at)
    throw PushError(
        "an address with a password in it would be seen by many\n"
        "give the token as stdin: hythe link APP URL --token-stdin < TOKEN",
        EX_USAGE);
  auto authority = Authority::parse(whole);
  if (const auto* fault = std::get_if<Authority::Fault>(&authority)) refuse(text, fault->what);
  auto& whom = std::get<Authority>(authority);
  if (!whom.user.empty() && !is_plain(whom.user, "._+-")) refuse(text, "has an odd user");
  // No forge has a certificate for one, and git, ssh and curl each write it otherwise.
  if (whom.host.starts_with('[')) refuse(text, "has an address for a host: it takes a name");
  out.user = std::move(whom.user);
  out.host = std::move(whom.host);
  out.port = whom.port.value_or(0);
  if (out.scheme == Scheme::ssh && out.user.empty()) out.user = "git";
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.ends_with(".git")) path.remove_suffix(4);
  if (!is_path(path)) refuse(text, "names no repository");
  out.path = path;
  return out;
}

std::string ForgeAddress::url() const {
  const std::string at_port = port == 0 ? "" : concat(':', port);
  if (scheme == Scheme::https) return concat("https://", host, at_port, '/', path, ".git");
  return concat("ssh://", user, '@', host, at_port, '/', path, ".git");
}

unsigned ForgeAddress::effective_port() const {
  if (port != 0) return port;
  return scheme == Scheme::https ? 443 : 22;
}

std::string ForgeAddress::host_key_name() const {
  return effective_port() == 22 ? host : concat('[', host, "]:", effective_port());
}

Forge guess_forge(const ForgeAddress& address) {
  for (const Forge forge : {Forge::github, Forge::gitlab})
    if (address.host.find(word(forge)) != std::string::npos) return forge;
  throw PushError(concat("cannot tell which forge '", address.host,
                         "' is\nadd --forge github (also GitHub Enterprise) or --forge gitlab"),
                  EX_USAGE);
}

std::string api_of(Forge forge, const ForgeAddress& address) {
  // An ssh port says nothing of where the API is.
  const bool has_port = address.scheme == ForgeAddress::Scheme::https && address.port != 0;
  const std::string host = has_port ? concat(address.host, ':', address.port) : address.host;
  if (forge == Forge::gitlab) return concat("https://", host, "/api/v4");
  if (host == "github.com") return "https://api.github.com";
  return concat("https://", host, "/api/v3");
}

bool is_branch_name(std::string_view name) {
  if (name.size() > 200 || name.ends_with('/') || name.ends_with(".lock") ||
      name.ends_with('.') || name.find("..") != std::string_view::npos ||
      name.find("//") != std::string_view::npos || name.find("/.") != std::string_view::npos ||
      name.find(".lock/") != std::string_view::npos || name.starts_with('/'))
    return false;
  return is_plain(name, "._-/+#=@,");
}

}  // namespace hythe
