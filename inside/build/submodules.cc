// SPDX-License-Identifier: Apache-2.0
#include "inside/build/submodules.h"

#include <filesystem>
#include <map>

#include "inside/build/address.h"
#include "inside/build/console.h"
#include "inside/build/failure.h"
#include "inside/build/mirror.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kTime{300};
constexpr std::size_t kMaxSubmodules = 256;
constexpr int kMaxDepth = 8;

/// The words between NULs.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\0', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// Path → address, as .gitmodules has them. Of two for one path git uses the last.
std::map<std::string, std::string> addresses_in(const std::string& directory, const Git& git) {
  std::map<std::string, std::string> paths;  // by the submodule's name
  std::map<std::string, std::string> urls;
  const Outcome config =
      git.local(directory, {"config", "--file", ".gitmodules", "--null", "--get-regexp",
                            "^submodule\\..*\\.(path|url)$"});
  for (const std::string& entry : split(config.output)) {
    const auto line = entry.find('\n');
    if (line == entry.npos) continue;
    const std::string key = entry.substr(0, line);
    const auto dot = key.rfind('.');
    auto& where = key.substr(dot) == ".url" ? urls : paths;
    where.insert_or_assign(key.substr(0, dot), entry.substr(line + 1));
  }
  if (!config.is_output_whole) throw BuildFailure("the .gitmodules file is too large");
  std::map<std::string, std::string> addresses;
  for (const auto& [name, path] : paths)
    if (const auto url = urls.find(name); url != urls.end()) addresses[path] = url->second;
  return addresses;
}

std::string address_of(const std::string& written, const std::string& path,
                       const std::string& base) {
  const std::string name = "the submodule '" + visible(path) + "'";
  if (is_relative(written) && base.empty())
    throw BuildFailure(
        name + " has the relative address '" + visible(written) +
        "', and nothing says what that is relative to\nset SUBMODULE_BASE to the "
        "address of this app's repository, such as https://example.org/org/app");
  const std::string url = resolve_relative(written, base);
  if (!is_remote(url))
    throw BuildFailure(name + " has the address '" + visible(written) +
                       "', which no build may use\nuse an https or ssh address in .gitmodules");
  return url;
}

/// All of one app's, and of a buildpack's: they share the limits.
class Fetcher {
 public:
  Fetcher(const std::string& root, const Git& git, const std::string& mirrors,
          const SubmoduleLimits& limits)
      : root_(root), git_(git), mirrors_(mirrors), limits_(limits), total_(count_tree(root)) {}

  void fetch(const Submodules& submodules, const std::string& directory,
             const std::string& base, int depth) {
    if (submodules.empty()) return;
    if (depth > kMaxDepth)
      throw BuildFailure("the submodules are nested more than " + std::to_string(kMaxDepth) +
                         " levels deep, at '" + visible(directory.substr(root_.size())) + "'");
    const auto addresses = addresses_in(directory, git_);
    for (const Request::Submodule& submodule : submodules) {
      const auto written = addresses.find(submodule.path);
      if (written == addresses.end())
        throw BuildFailure("the submodule '" + visible(submodule.path) +
                           "' has no address in .gitmodules\nadd it, or: git rm --cached " +
                           visible(submodule.path));
      fetch_one(submodule, directory + "/" + submodule.path,
                address_of(written->second, submodule.path, base), depth);
    }
  }

 private:
  void fetch_one(const Request::Submodule& submodule, const std::string& directory,
                 const std::string& url, int depth) {
    if (++count_ > kMaxSubmodules)
      throw BuildFailure("there are more than " + std::to_string(kMaxSubmodules) +
                         " submodules");
    const Mirror mirror(git_, mirrors_, url);
    const auto fetched =
        mirror.fetch(submodule.oid, {.time = kTime, .file_size = limits_.bytes});
    fs::create_directories(directory);
    mirror.write_files(fetched.commit, directory);
    say_detail(visible(directory.substr(root_.size() + 1)) + " " + fetched.commit.substr(0, 7) +
               " from " + visible(without_credentials(url)));
    add(count_tree(directory));
    fetch(submodules_of(mirror, fetched.commit), directory, url, depth + 1);
  }

  void add(const TreeCount& fetched) {
    total_.bytes += fetched.bytes;
    total_.files += fetched.files;
    if (total_.bytes > limits_.bytes)
      throw BuildFailure("the source with its submodules is more than " +
                         std::to_string(limits_.bytes >> 20U) +
                         " MiB, the limit\nremove large files, or raise it on the host: hythe "
                         "limits APP source_size=…");
    if (total_.files > limits_.files)
      throw BuildFailure(
          "the source with its submodules has more than " + std::to_string(limits_.files) +
          " files, the limit\nraise it on the host: hythe limits APP source_files=…");
  }

  const std::string& root_;
  const Git& git_;
  const std::string& mirrors_;
  const SubmoduleLimits& limits_;
  TreeCount total_;  // of the repository and all that was fetched
  std::size_t count_ = 0;
};

}  // namespace

Submodules submodules_of(const Mirror& mirror, const std::string& commit) {
  constexpr std::string_view kGitlink = "160000 commit ";
  constexpr std::size_t kOid = 40;
  Submodules submodules;
  // MODE TYPE OID TAB PATH, see git-ls-tree(1).
  const Outcome tree = mirror.ask({"ls-tree", "-r", "-z", "--full-tree", commit});
  if (tree.code != 0 || !tree.is_output_whole)
    throw BuildFailure("the files of commit " + commit +
                       " cannot be listed: are there too many?");
  for (const std::string& entry : split(tree.output)) {
    if (!entry.starts_with(kGitlink) || entry.size() < kGitlink.size() + kOid + 2) continue;
    Request::Submodule submodule{entry.substr(kGitlink.size(), kOid),
                                 entry.substr(kGitlink.size() + kOid + 1)};
    if (!is_commit_id(submodule.oid) || !is_path_below(submodule.path))
      throw BuildFailure("commit " + commit + " has a submodule at '" +
                         visible(submodule.path) + "', which is no place for one");
    submodules.push_back(std::move(submodule));
  }
  return submodules;
}

void fetch_submodules(const Submodules& submodules, const std::string& directory,
                      const std::string& base, const Git& git, const std::string& mirrors,
                      const SubmoduleLimits& limits) {
  if (submodules.empty()) return;  // the usual case: nothing to count
  Fetcher(directory, git, mirrors, limits).fetch(submodules, directory, base, 1);
}

}  // namespace hythe::builder
