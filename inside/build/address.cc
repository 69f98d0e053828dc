// SPDX-License-Identifier: Apache-2.0
#include "inside/build/address.h"

#include <algorithm>
#include <cstdint>

#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

constexpr const char* kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

/// Nothing that a terminal, a shell or git could take for something else.
bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

/// A branch, tag or commit that is safe as a word of git's: git checks the rest.
bool is_ref(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.front() != '+' && is_printable(text) &&
         text.find(':') == text.npos;
}

std::string_view scheme_of(std::string_view url) {
  const auto end = url.find("://");
  return end == url.npos ? "" : url.substr(0, end);
}

/// user@host:path, which has no scheme.
bool is_scp_like(std::string_view url) {
  const auto colon = url.find(':');
  const auto at = url.find('@');
  return at != url.npos && at > 0 && colon != url.npos && at < colon && url.find('/') > colon &&
         colon + 1 < url.size() && url[at + 1] != '-' && colon > at + 1;
}

bool ends_like_an_archive(std::string_view url) {
  const auto path = url.substr(0, url.find('?'));
  return path.ends_with(".tgz") || path.ends_with(".tar.gz");
}

/// The last part of a path, without ".git" or what makes it an archive.
std::string last_part(std::string_view path) {
  path = path.substr(0, path.find('?'));
  while (path.ends_with('/')) path.remove_suffix(1);
  path = path.substr(std::min(path.find_last_of("/:") + 1, path.size()));
  for (const std::string_view end : {".git", ".tgz", ".tar.gz"})
    if (path.ends_with(end)) path.remove_suffix(end.size());
  return path.empty() ? "buildpack" : std::string(path);
}

/// "org/name", which stands for a repository of GitHub's.
std::optional<std::string> shorthand(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == text.npos || slash == 0 || slash + 1 == text.size()) return std::nullopt;
  const auto org = text.substr(0, slash);
  const auto name = text.substr(slash + 1);
  if (org.front() == '-' || org.front() == '.' || name.front() == '.' ||
      org.find_first_not_of(kNameCharacters) != org.npos ||
      name.find_first_not_of(kNameCharacters) != name.npos)
    return std::nullopt;
  return "https://github.com/" + std::string(org) + "/heroku-buildpack-" + std::string(name);
}

}  // namespace

bool is_commit_id(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool is_path_below(std::string_view path) {
  if (path.empty()) return false;
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    const auto part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

bool is_remote(std::string_view url) {
  if (!is_printable(url)) return false;
  const auto scheme = scheme_of(url);
  if (scheme.empty()) return is_scp_like(url) && url.front() != '-';
  if (scheme != "https" && scheme != "http" && scheme != "ssh" && scheme != "git") return false;
  auto host = url.substr(scheme.size() + 3);
  host = host.substr(0, host.find('/'));
  if (const auto at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
  if (host.empty() || host.front() == '-') return false;
  // What is no port is a password with a '/' or a '#' in it, which must be encoded: else it
  // would be shown as part of a path.
  const auto colon = host.rfind(':');
  return host.ends_with(']') || colon == host.npos ||
         host.find_first_not_of("0123456789", colon + 1) == host.npos;
}

std::string without_credentials(std::string_view url) {
  const auto scheme = scheme_of(url);
  if (scheme.empty()) return std::string(url);
  url = url.substr(0, url.find('?'));
  const auto begin = scheme.size() + 3;
  const auto end = std::min(url.find('/', begin), url.size());
  const auto at = url.substr(0, end).rfind('@');
  if (at == url.npos || at < begin) return std::string(url);
  return std::string(url.substr(0, begin)) + std::string(url.substr(at + 1));
}

bool is_relative(std::string_view url) {
  return url.starts_with("./") || url.starts_with("../");
}

std::string shown_as_typed(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme == text.npos || text.find('@') == text.npos) return visible(std::string(text));
  return visible(std::string(text.substr(0, scheme + 3))) + "…";
}

std::string resolve_relative(std::string_view url, std::string_view base) {
  if (!is_relative(url)) return std::string(url);
  std::string out(base);
  while (out.ends_with('/')) out.pop_back();
  const auto host = out.find("://");
  const auto first = out.find('/', host == out.npos ? 0 : host + 3);
  while (is_relative(url)) {
    const bool is_up = url.starts_with("../");
    url.remove_prefix(is_up ? 3 : 2);
    if (!is_up) continue;
    // In git@host:group/app, the colon is what a slash is elsewhere.
    const auto cut = out.find_last_of(host == out.npos ? "/:" : "/");
    if (cut == out.npos || (host != out.npos && cut < first)) return "";
    if (out[cut] == ':')
      out.resize(cut + 1);
    else
      out.resize(cut);
  }
  if (!out.ends_with(':')) out += '/';
  return out.append(url);
}

std::string as_file_name(std::string_view text) {
  constexpr std::size_t kReadable = 100;
  std::string out = without_credentials(text).substr(0, kReadable);
  for (char& c : out)
    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
        c != '_')
      c = '-';
  // FNV-1a. Who finds two texts with one number has confused two fetches of his own app.
  std::uint64_t number = 0xCBF29CE484222325U;
  for (const char c : text) number = (number ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return out + '-' + std::to_string(number);
}

BuildpackAddress BuildpackAddress::official(const std::string& name) {
  return {.kind = Kind::official, .location = name, .name = name};
}

std::optional<BuildpackAddress> BuildpackAddress::parse(std::string_view text) {
  if (text.starts_with("./")) {
    std::string_view path = text.substr(2);
    while (path.ends_with('/')) path.remove_suffix(1);
    if (!is_path_below(path) || !is_printable(path)) return std::nullopt;
    return BuildpackAddress{
        .kind = Kind::in_app, .location = std::string(path), .name = last_part(path)};
  }
  if (!text.empty() && text.front() != '-' && text.front() != '.' &&
      text.find_first_not_of(kNameCharacters) == text.npos)
    return official(std::string(text));

  const auto hash = text.rfind('#');
  const std::string ref(hash == text.npos ? "" : text.substr(hash + 1));
  if (hash != text.npos && !is_ref(ref)) return std::nullopt;
  const auto url = text.substr(0, hash);
  BuildpackAddress address{.kind = Kind::repository, .location = std::string(url), .ref = ref};
  if (const auto repository = shorthand(url)) address.location = *repository;
  // A file is one of the container: there is nothing that the build could not read anyway.
  const bool is_file = url.starts_with("file:///") && is_printable(url);
  if (!is_file && !is_remote(address.location)) return std::nullopt;
  if (ends_like_an_archive(url) && (is_file || url.starts_with("http")))
    address.kind = Kind::archive;
  address.name = last_part(address.location);
  return address;
}

std::string BuildpackAddress::shown() const {
  if (kind == Kind::in_app) return "./" + location;
  if (kind == Kind::tried) return "./" + name;
  return without_credentials(location) + (ref.empty() ? "" : "#" + ref);
}

}  // namespace hythe::builder
