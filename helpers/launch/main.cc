// SPDX-License-Identifier: Apache-2.0

// hythe-launch: the setuid front of hythe-container. It admits a request and does nothing
// else; everything that is done to namespaces, mounts and processes is in a program that no
// caller can run, or prepare the ground for.

#include <unistd.h>

#include <span>

#include "core/helper_contract.h"
#include "core/paths.h"
#include "helpers/die.h"
#include "helpers/harden.h"

namespace {

constexpr hythe::root::Front kFront = {"hythe-launch", hythe::paths::kLaunchHelper};
/// VERB APP RELEASE LANE POSITION NAME.
constexpr std::size_t kMaxWords = 6;

}  // namespace

int main(int argc, char** argv) {
  using namespace hythe;
  (void)root::harden(kFront, argc, argv);  // before any input is looked at

  const std::span<const char* const> words(argv + 1, static_cast<std::size_t>(argc - 1));
  const auto request = parse_launch(words);
  if (!request || words.size() > kMaxWords)
    root::die(EX_USAGE, "not a request: see hythe-launch(8)");
  root::audit(words[0], " ", request->app.view());

  const char* command[kMaxWords + 2] = {paths::kContainerHelper};
  for (std::size_t i = 0; i < words.size(); ++i) command[i + 1] = words[i];
  // Safe: a path that only root can change, words of a closed grammar, harden()'s environment
  // and descriptors 0 to 2, which are the caller's by contract. execve takes char* for
  // historical reasons and changes nothing.
  ::execve(paths::kContainerHelper, const_cast<char* const*>(command), ::environ);
  root::die_errno("run '", paths::kContainerHelper, "'");
}
