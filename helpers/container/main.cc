// SPDX-License-Identifier: Apache-2.0

// hythe-container: what root does for an app. Not setuid, and of no use to anybody else; it
// is run by hythe-launch, by root's own hand and at boot. It trusts its words no more than
// hythe-launch did: they are parsed again.

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <span>

#include "core/helper_contract.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"
#include "helpers/state.h"

namespace hythe::container {
namespace {

int perform(const LaunchRequest& request) {
  switch (request.verb) {
    case LaunchVerb::create:
      return create(request);
    case LaunchVerb::destroy:
      return destroy(request);
    case LaunchVerb::build:
      return build(request);
    case LaunchVerb::release:
      return release(request);
    case LaunchVerb::discard:
      return discard(request);
    case LaunchVerb::forget:
      return forget(request);
    case LaunchVerb::sweep:
      return sweep(request);
    case LaunchVerb::trees:
      return trees(request);
    case LaunchVerb::usage:
      return usage(request);
    case LaunchVerb::clear:
      return clear(request);
    case LaunchVerb::inspect:
      return inspect(request);
    case LaunchVerb::mend:
      return mend(request);
    case LaunchVerb::start:
      return start(request);
    case LaunchVerb::run:
      return run(request);
    case LaunchVerb::attach:
      return attach(request);
    case LaunchVerb::detach:
      return detach(request);
    case LaunchVerb::end:
      return end(request);
    case LaunchVerb::retire:
      return retire(request);
    case LaunchVerb::stop:
      return stop(request);
    case LaunchVerb::halt:
      return halt(request);
  }
  return EX_SOFTWARE;
}

}  // namespace
}  // namespace hythe::container

int main(int argc, char** argv) {
  using namespace hythe;
  root::set_program_name("hythe-container");
  if (argc < 1 || ::getuid() != 0 || ::geteuid() != 0)
    root::die(EX_NOPERM, "only root may run this");
  root::require_current_state();
  ::umask(077);
  ::signal(SIGPIPE, SIG_IGN);  // a caller that is gone is noticed by the lease,
  ::signal(SIGHUP, SIG_IGN);   // and so is a terminal
  // No key on the caller's terminal may stop who holds a lock.
  for (const int stopping : {SIGTSTP, SIGTTIN, SIGTTOU}) ::signal(stopping, SIG_IGN);
  ::signal(SIGCHLD, SIG_DFL);  // ignored, it would take the containers' exit codes with it

  const auto request = parse_launch({argv + 1, static_cast<std::size_t>(argc - 1)});
  if (!request) root::die(EX_USAGE, "not a request: see hythe-launch(8)");
  return container::perform(*request);
}
