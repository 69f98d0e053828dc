// SPDX-License-Identifier: Apache-2.0
#include "cli/shell/request.h"

#include <sysexits.h>

#include "lib/errors.h"
#include "lib/words.h"
#include "model/app.h"

namespace hythe {
namespace {

constexpr const char* kServices[] = {"receive-pack", "upload-pack"};

/// "git-receive-pack" and "git receive-pack" (git-shell takes both).
const char* git_service(std::vector<std::string>& words) {
  if (words.size() > 1 && words[0] == "git") {
    words.erase(words.begin());
    words[0] = "git-" + words[0];
  }
  for (const char* service : kServices)
    if (words[0] == concat("git-", service)) return service;
  return nullptr;
}

/// "shop", "shop.git", "/shop", "/shop.git": as scp-like and ssh:// addresses send it.
AppName app_of_path(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with(".git")) path.remove_suffix(4);
  return parse_app_name(path);
}

}  // namespace

Request Request::parse(std::string_view command) {
  if (command.empty())
    throw PushError(
        "there is no shell here, only git push and the verbs of hythe\ntry: ssh … help",
        EX_USAGE);
  auto words = split_words(command);
  if (!words || words->empty())
    throw PushError("the quotes of the command do not match", EX_USAGE);
  if (const char* service = git_service(*words)) {
    if (words->size() != 2) throw PushError("which repository?", EX_USAGE);
    return {.git = GitRequest{service, app_of_path((*words)[1])}};
  }
  return {.words = std::move(*words)};
}

}  // namespace hythe
