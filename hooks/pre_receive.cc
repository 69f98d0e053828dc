// SPDX-License-Identifier: Apache-2.0
// What git runs when a push has arrived and before it is accepted: exit code 0 lets git move
// the branch. (githooks(5))
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>

#include <iostream>

#include "core/decimal.h"
#include "hooks/pushed_ref.h"
#include "lib/caller_variable.h"
#include "lib/complaint.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/git/push_notice.h"
#include "lib/process/cancelled.h"
#include "lib/process/client_descriptor.h"
#include "model/app.h"
#include "model/config.h"
#include "model/state.h"
#include "pipeline/receive.h"
#include "pipeline/review_apps.h"
#include "pipeline/trigger.h"

namespace hythe {
namespace {

std::string variable(const char* name) {
  const char* value = ::getenv(name);
  return value == nullptr ? "" : value;
}

/// git runs hooks in the repository's directory: /var/lib/hythe/repos/APP.git.
std::string repository_directory() {
  char directory[4096];
  if (::getcwd(directory, sizeof directory) == nullptr)
    throw SystemError(errno, "find out where we are");
  return directory;
}

AppName app_of(std::string_view name) {
  name.remove_prefix(name.rfind('/') + 1);
  if (name.ends_with(".git")) name.remove_suffix(4);
  return parse_app_name(name);
}

std::string read_stdin() {
  constexpr std::size_t kEnough = 64U << 10U;  // to see that it is more than one line
  std::string input;
  while (input.size() < kEnough && read_some(STDIN_FILENO, input)) {
  }
  return input;
}

/// git may say it relative to the repository; the deployment works elsewhere.
std::string quarantine_in(const std::string& repository) {
  const std::string path = variable("GIT_OBJECT_DIRECTORY");
  return path.empty() || path.front() == '/' ? path : concat(repository, '/', path);
}

/// git, which waits for us in the same directory. When it was killed, somebody else is our
/// parent by now, for whose end a deployment would wait for ever.
ProcessIdentity receive_pack() {
  const auto parent = ProcessIdentity::of(::getppid());
  struct stat here = {};
  struct stat there = {};
  if (!parent || ::stat(".", &here) != 0 ||
      ::stat(concat("/proc/", parent->pid, "/cwd").c_str(), &there) != 0 ||
      here.st_dev != there.st_dev || here.st_ino != there.st_ino)
    throw PushError("git, which asked for this push, is gone\npush again");
  return *parent;
}

/// What was given with `git push -o`.
DeployOptions push_options() {
  DeployOptions options;
  const auto count = parse_decimal(variable("GIT_PUSH_OPTION_COUNT"), 1U << 20U).value_or(0);
  for (std::uint64_t i = 0; i < count; ++i)
    options.set(variable(concat("GIT_PUSH_OPTION_", i).c_str()));
  return options;
}

Order order_push(const PushedRef& pushed) {
  const std::string repository = repository_directory();
  Order order{
      .kind = Order::Kind::push, .app = app_of(repository), .who = variable(kCallerVariable)};
  order.ref = pushed.ref;
  order.old = pushed.old;
  order.commit = pushed.commit;
  order.quarantine = quarantine_in(repository);
  order.receive_pack = receive_pack();
  order.options = push_options();
  order.trigger = "push";
  return order;
}

/// The app that a push is for: the repository's own, or one of its review apps, which begins
/// with its first push.
AppName app_for(const Order& order, const Config& config) {
  const AppName& app = order.app;
  const auto review = review_of_ref(order.ref);
  if (!review) return app;
  refuse_what_git_would(GitRepository::open(App::repository(app), order.quarantine), order);
  if (order.options.dry_run && !find_review_app(app, *review))
    throw PushError(concat("there is no review app '", *review, "' yet that could be tried\n",
                           "push without the option dry-run, which makes it"));
  return ensure_review_app({.parent = app, .name = *review}, config).name;
}

/// git deletes the branch when the hook ends: only once it surely can is the app removed.
int remove_review(const Order& deletion) {
  const auto review = find_review_app(deletion.app, *review_of_ref(deletion.ref));
  if (!review) return EX_OK;
  const UniqueFd git = deletion.receive_pack->open();
  if (!git) throw Cancelled();
  Cancellation cancellation;
  cancellation.watch(git.get());
  if (const int client = inherited_client_descriptor(); client >= 0)
    cancellation.watch_hang_up(client);
  const auto git_can = [&](const App&) {
    cancellation.throw_if_cancelled();
    make_way_for_deletion(GitRepository::open(App::repository(deletion.app)), deletion);
    return true;
  };
  if (remove_review_app(review->name, deletion.who, git_can, cancellation))
    std::cerr << "Destroyed " << review->name.view() << '\n';
  return EX_OK;
}

/// What git tells its hooks would reach every git that a build runs, and lead it here.
void forget_environment() {
  ::clearenv();
}

int pre_receive() {
  PushNotice::give();
  Order order = order_push(PushedRef::parse(read_stdin()));
  if (order.commit.is_zero()) return remove_review(order);
  const Config config = Config::load();
  order.app = app_for(order, config);
  const Reader reader{.out_fd = STDERR_FILENO, .client_fd = inherited_client_descriptor()};
  forget_environment();
  return trigger(order, config, reader);
}

}  // namespace
}  // namespace hythe

int main() {
  ::signal(SIGPIPE, SIG_IGN);
  try {
    hythe::require_current_state();
    return hythe::pre_receive();
  } catch (const hythe::Cancelled&) {
    return EX_TEMPFAIL;  // nobody is left to tell
  } catch (const std::exception& error) {
    std::cerr << hythe::as_complaint(error.what()) << '\n';
    return EX_DATAERR;
  }
}
