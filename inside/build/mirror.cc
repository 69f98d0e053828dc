// SPDX-License-Identifier: Apache-2.0
#include "inside/build/mirror.h"

#include <filesystem>
#include <fstream>

#include "inside/build/address.h"
#include "inside/build/credentials.h"
#include "inside/build/failure.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// Stronger than any .gitattributes in the tree: no line ends, filters, keywords, encodings.
constexpr const char* kAttributes = "* -text !eol -filter -ident !working-tree-encoding\n";

std::string remembered(const std::string& ref) {
  return "refs/hythe/" + as_file_name(ref.empty() ? "HEAD" : ref);
}

bool could_be_a_commit(const std::string& ref) {
  constexpr std::size_t kShortest = 7;
  return ref.size() >= kShortest && ref.size() <= 40 &&
         ref.find_first_not_of("0123456789abcdef") == ref.npos;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

}  // namespace

Mirror::Mirror(const Git& git, const std::string& directory, const std::string& url)
    : git_(git.authorized_for(url)), url_(without_user(url)) {
  directory_ = directory + "/" + as_file_name(url) + ".git";
  std::error_code none;
  if (fs::exists(directory_ + "/info/attributes", none)) return;
  remove_tree(directory_);
  fs::create_directories(directory_);
  if (git_.local(directory_, {"init", "--quiet", "--bare", "--template=", "."}).code != 0)
    throw BuildFailure("git cannot make a repository in the build cache");
  fs::create_directories(directory_ + "/info");
  std::ofstream(directory_ + "/info/attributes") << kAttributes;
}

Outcome Mirror::ask(const std::vector<std::string>& arguments) const {
  return git_.local(directory_, arguments);
}

std::string Mirror::resolve(const std::string& revision) const {
  const Outcome outcome =
      ask({"rev-parse", "--quiet", "--verify", "--end-of-options", revision + "^{commit}"});
  const std::string commit = first_line(outcome.output);
  return outcome.code == 0 && is_commit_id(commit) ? commit : "";
}

Outcome Mirror::fetch_one(const std::string& ref, const DownloadLimits& limits) const {
  return git_.remote(directory_,
                     {"fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules",
                      "--no-auto-gc", "--", url_, ref.empty() ? "HEAD" : ref},
                     limits);
}

/// For a server that gives no single commit, or a shortened one, which only all of the
/// history can complete.
Outcome Mirror::fetch_all(const DownloadLimits& limits) const {
  std::vector<std::string> arguments = {"fetch", "--quiet", "--no-recurse-submodules",
                                        "--no-auto-gc"};
  std::error_code none;
  if (fs::exists(directory_ + "/shallow", none)) arguments.emplace_back("--unshallow");
  for (const char* word :
       {"--", url_.c_str(), "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"})
    arguments.emplace_back(word);
  return git_.remote(directory_, arguments, limits);
}

void Mirror::remember(const std::string& ref, const std::string& commit) const {
  (void)ask({"update-ref", remembered(ref), commit});
}

Mirror::Fetched Mirror::fetch(const std::string& ref, const DownloadLimits& limits) const {
  if (is_commit_id(ref) && !resolve(ref).empty()) return {.commit = ref};

  Outcome outcome = fetch_one(ref, limits);
  std::string commit = outcome.code == 0 ? resolve("FETCH_HEAD") : "";
  if (commit.empty() && could_be_a_commit(ref)) {
    outcome = fetch_all(limits);
    commit = resolve(ref);
  }
  if (!commit.empty()) {
    remember(ref, commit);
    return {.commit = commit};
  }
  const std::string what = without_credentials(url_);
  if (outcome.output.find("couldn't find remote ref") != outcome.output.npos ||
      (outcome.code == 0 && could_be_a_commit(ref)))
    throw BuildFailure("'" + what + "' has no branch, tag or commit '" +
                       (ref.empty() ? "HEAD" : ref) + "'");
  const std::string reason = describe_download("git", outcome, limits);
  if (const std::string earlier = resolve(remembered(ref)); !earlier.empty())
    return {.commit = earlier, .unreachable = reason};
  throw BuildFailure("cannot fetch '" + what + "'\n" + reason, outcome.code);
}

void Mirror::write_files(const std::string& commit, const std::string& directory) const {
  const Git git = git_.with("GIT_INDEX_FILE", directory_ + "/hythe-index");
  const std::vector<std::string> here = {"--git-dir=" + directory_, "--work-tree=" + directory};
  for (const std::vector<std::string>& step :
       {std::vector<std::string>{"read-tree", commit},
        std::vector<std::string>{"checkout-index", "--all", "--force", "--quiet"}}) {
    std::vector<std::string> arguments = here;
    arguments.insert(arguments.end(), step.begin(), step.end());
    const Outcome outcome = git.local(directory, arguments);
    if (outcome.code != 0)
      throw BuildFailure("the files of commit " + commit + " of '" + without_credentials(url_) +
                         "' cannot be written: git " + step[0] + " failed");
  }
  std::error_code none;
  fs::remove(directory_ + "/hythe-index", none);
}

}  // namespace hythe::builder
