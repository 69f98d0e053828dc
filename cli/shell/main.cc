// SPDX-License-Identifier: Apache-2.0
// hythe-shell NAME: the forced command of every key. All that a key can do is here.
#include <signal.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "cli/shell/request.h"
#include "core/paths.h"
#include "lib/caller_variable.h"
#include "lib/complaint.h"
#include "lib/errors.h"
#include "lib/git/push_notice.h"
#include "lib/handed_words.h"
#include "lib/process/child.h"
#include "lib/process/client_descriptor.h"
#include "lib/terminal/terminal.h"
#include "model/app.h"
#include "model/app_lock.h"
#include "model/forge/review_branches.h"
#include "model/key_ring.h"
#include "model/preflight.h"
#include "model/standing.h"
#include "model/state.h"

namespace hythe {
namespace {

/// Settings that must hold whatever a repository's own config says: they come last, as
/// variables. Each is explained in docs/architecture.md.
constexpr const char* kGitSettings[][2] = {
    {"core.hooksPath", paths::kHooks},
    {"core.fsync", "all"},
    {"core.useReplaceRefs", "false"},
    {"core.fsmonitor", "false"},
    {"core.protectHFS", "true"},
    {"core.protectNTFS", "true"},
    {"core.alternateRefsCommand", "exit 0 #"},
    {"receive.fsckObjects", "true"},
    {"transfer.fsckObjects", "true"},
    {"receive.maxInputSize", "1g"},
    {"receive.autogc", "false"},
    {"receive.advertisePushOptions", "true"},
    {"receive.denyDeletes", "false"},  // the hook refuses all but a review app's
    {"receive.denyNonFastForwards", "false"},
    {"receive.denyCurrentBranch", "ignore"},
    {"receive.unpackLimit", "100"},
    {"receive.shallowUpdate", "true"},
    {"uploadpack.allowFilter", "false"},
    {"uploadpack.allowAnySHA1InWant", "false"},
    {"protocol.allow", "never"},
    {"gc.auto", "0"},
};

/// The environment of everything that follows is built, not cleaned: sshd passes on LANG and
/// LC_* of the client's.
void build_environment(const std::string& user) {
  ::clearenv();
  ::setenv("PATH", "/usr/bin:/bin", 1);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::setenv("HOME", "/nonexistent", 1);
  ::setenv(kCallerVariable, user.c_str(), 1);
}

void pin_git_settings() {
  ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
  ::setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
  ::setenv("GIT_ATTR_NOSYSTEM", "1", 1);
  ::setenv("GIT_NO_REPLACE_OBJECTS", "1", 1);
  ::setenv("GIT_TERMINAL_PROMPT", "0", 1);
  std::size_t count = 0;
  for (const auto& [key, value] : kGitSettings) {
    ::setenv(concat("GIT_CONFIG_KEY_", count).c_str(), key, 1);
    ::setenv(concat("GIT_CONFIG_VALUE_", count).c_str(), value, 1);
    ++count;
  }
  ::setenv("GIT_CONFIG_COUNT", std::to_string(count).c_str(), 1);
}

[[noreturn]] void execute(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execv(argv[0], argv.data());
  throw SystemError(errno, "run '", words[0], "'");
}

/// git in a process of its own, with our stdin, stdout and stderr.
ExitStatus run_git(const GitRequest& request) {
  std::vector<std::string> environment;
  for (char** variable = environ; *variable != nullptr; ++variable)
    environment.emplace_back(*variable);
  return Child::start({.argv = {paths::kGit, request.service, App::repository(request.app)},
                       .environment = std::move(environment),
                       .stdin_fd = STDIN_FILENO,
                       .stdout_fd = STDOUT_FILENO,
                       .stderr_fd = STDERR_FILENO})
      .wait();
}

void tell_of_nothing_new(const AppName& app) {
  std::cerr << "hint: nothing new was pushed, so nothing was deployed\n";
  if (const auto standing = Standing::of(App::load(app)))
    std::cerr << "hint: " << standing->describe() << '\n';
  std::cerr << "hint: to build and serve the branch as it is: hythe deploy " << app.view()
            << '\n';
}

/// What a push would fail for, before it is sent; and behind whom a deployment would wait (a
/// review app's does not: it has a lock of its own).
void prepare_for_push(const AppName& app) {
  require_room();
  if (const auto holder = AppLock::holder(app))
    std::cerr << "hint: a deployment of '" << app.view() << "' waits behind "
              << holder->describe() << '\n';
}

/// In git's own protocol (gitprotocol-pack(5)): on stderr it might come after git has given up,
/// which would then guess at access rights.
void refuse_git(std::string_view message) {
  constexpr std::string_view kFirst = "error: ";  // git says "remote error: "
  const std::string line = concat("ERR ", as_complaint(message).substr(kFirst.size()));
  char length[5];
  std::snprintf(length, sizeof length, "%04zx", line.size() + 4);
  std::cout << length << line << std::flush;
}

/// It has no repository of its own: what is pushed there would be its parent's.
void refuse_review_app(const App& app) {
  if (!app.review) return;
  const auto parent = app.review->parent.view();
  throw PushError(
      concat("'", app.name.view(), "' is a review app of '", parent,
             "'\npush to that: git push ", parent, " BRANCH:review/", app.review->name),
      EX_USAGE);
}

int run_service(const GitRequest& request) {
  const App app = App::load(request.app);
  pin_git_settings();
  if (std::string_view(request.service) != "receive-pack")
    execute({paths::kGit, request.service, App::repository(request.app)});
  refuse_review_app(app);
  for (const std::string& ref : prune_review_branches(request.app))
    std::cerr << "hint: '" << ref << "' is left of a review app that is gone, and cannot be "
              << "removed now: what it is at is nothing new to git\n";
  prepare_for_push(request.app);
  hand_down_client_descriptor();
  const PushNotice notice;
  const ExitStatus status = run_git(request);
  if (status.is_success() && !notice.was_given()) tell_of_nothing_new(request.app);
  return status.signal != 0 ? 128 + status.signal : status.code;
}

int serve_git(const GitRequest& request) {
  try {
    return run_service(request);
  } catch (const PushError& refusal) {
    refuse_git(refusal.what());
    return refusal.exit_code();
  }
}

/// `terminal` is what sshd was told of the client's, when it was asked for one.
[[noreturn]] void serve_verb(const std::vector<std::string>& words,
                             const std::optional<std::string>& terminal) {
  if (terminal) ::setenv("TERM", terminal->c_str(), 1);
  hand_words(words);
  execute({paths::kHytheCommand});
}

int serve(const std::string& user) {
  const char* original = ::getenv("SSH_ORIGINAL_COMMAND");
  const std::string command = original == nullptr ? "" : original;
  const auto terminal = terminal_kind();
  build_environment(user);
  require_current_state();
  Request request = Request::parse(command);
  if (request.git) return serve_git(*request.git);
  serve_verb(request.words, terminal);
}

}  // namespace
}  // namespace hythe

int main(int argc, char** argv) {
  try {
    if (argc != 2 || !hythe::is_key_name(argv[1]))
      throw hythe::PushError("this is not for people: it is the forced command of a key",
                             EX_USAGE);
    return hythe::serve(argv[1]);
  } catch (const hythe::PushError& error) {
    std::cerr << hythe::as_complaint(error.what()) << '\n';
    return error.exit_code();
  } catch (const std::exception& error) {
    std::cerr << hythe::as_complaint(error.what()) << '\n';
    return EX_OSERR;
  }
}
