// SPDX-License-Identifier: Apache-2.0

// hythe-stack: makes and removes stacks, as root. `hythe stack create`, `import` and `remove`
// are handed to it by `hythe` when root has started that; it is 0700 and nothing setuid starts
// it, so that no caller but root's own hand ever says a word to it. A program of its own keeps
// libarchive and its decompressors out of the programs that user hythe can start as root.

#include <fcntl.h>
#include <locale.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "core/paths.h"
#include "lib/complaint.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/process/child.h"
#include "model/build/stack.h"
#include "model/state.h"
#include "stacks/bootstrap.h"
#include "stacks/make.h"
#include "stacks/store.h"

namespace hythe::stacks {
namespace {

/// A name that root may make and remove.
StackName own_name(const std::string& text) {
  const StackName name = parse_stack_name(text);
  if (name.is_host())
    throw PushError("'host' is the stack of the host's own files\nchoose another name",
                    EX_USAGE);
  return name;
}

void import(const StackName& name, const std::string& file) {
  const StackConfig config = StackConfig::load();
  const Interruption interruption;
  // O_NONBLOCK: a FIFO without a writer is no archive, and nothing to wait for.
  const UniqueFd opened = file == "-" ? UniqueFd(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3))
                                      : open_file(file, O_RDONLY | O_NOCTTY | O_NONBLOCK);
  struct stat status = {};
  if (::fstat(opened.get(), &status) != 0 || (file != "-" && !S_ISREG(status.st_mode)) ||
      ::isatty(opened.get()) == 1)
    throw PushError(concat("'", printable(file), "' is not a file"), EX_NOINPUT);
  publish(unpack(opened.get(), config.limits, interruption), name);
}

/// mmdebstrap's tar goes the way of every other archive. It works as root in a directory of
/// its own: what it runs are Debian's packages, whose signatures it checks, as the host's own
/// apt does.
void create(const StackName& name, const std::string& suite) {
  StackConfig config = StackConfig::load();
  if (!suite.empty() && !is_suite(suite))
    throw PushError(concat("'", printable(suite), "' is not the name of a suite"), EX_USAGE);
  if (!suite.empty()) config.suite = suite;
  if (::access(paths::kMmdebstrap, X_OK) != 0)
    throw PushError("there is no mmdebstrap\ninstall it: apt-get install mmdebstrap",
                    EX_UNAVAILABLE);
  const Interruption interruption;
  sweep();
  const Scratch workshop = Scratch::make();
  Pipe tar = Pipe::make();
  Child mmdebstrap =
      Child::start({.argv = config.command(),
                    .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                                    "HOME=/root", "TMPDIR=" + workshop.path()},
                    .stdout_fd = tar.write.get(),
                    .stderr_fd = STDERR_FILENO});
  tar.write.reset();
  try {
    Tree tree = unpack(tar.read.get(), config.limits, interruption);
    const ExitStatus status = mmdebstrap.wait();
    if (!status.is_success())
      throw PushError(concat("mmdebstrap ", status.describe(), " (see above)"), EX_UNAVAILABLE);
    publish(std::move(tree), name);
  } catch (...) {
    if (mmdebstrap.is_ours()) {
      tar.read.reset();
      mmdebstrap.signal(SIGTERM);  // it takes its own mounts and children with it
      (void)mmdebstrap.wait();
    }
    throw;
  }
}

/// Nothing that this program or mmdebstrap mounts is ever seen on the host, or outlives it.
void leave_hosts_mounts() {
  if (::unshare(CLONE_NEWNS) != 0 ||
      ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    throw SystemError(errno, "make mounts private");
}

int perform(const std::vector<std::string>& words) {
  const std::size_t count = words.size();
  if (count == 3 && words[0] == "import") {
    import(own_name(words[1]), words[2]);
  } else if ((count == 2 || (count == 4 && words[2] == "--suite")) && words[0] == "create") {
    create(own_name(words[1]), count == 4 ? words[3] : "");
  } else if (count == 2 && words[0] == "remove") {
    const StackName name = own_name(words[1]);
    remove_all(name);
    std::cout << "Removed " << name.view() << '\n';
  } else {
    throw PushError(
        "usage: hythe stack create NAME [--suite SUITE] | import NAME FILE | "
        "remove NAME",
        EX_USAGE);
  }
  return EX_OK;
}

int complain(const char* message, int code) {
  std::cout.flush();
  std::cerr << as_complaint(message) << '\n';
  return code;
}

}  // namespace
}  // namespace hythe::stacks

int main(int argc, char** argv) {
  using namespace hythe;
  if (argc < 1 || ::getuid() != 0 || ::geteuid() != 0)
    return stacks::complain("only root may run this", EX_NOPERM);
  ::clearenv();
  ::umask(077);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGCHLD, SIG_DFL);
  ::setlocale(LC_CTYPE, "C.UTF-8");  // names in archives are bytes or UTF-8
  try {
    require_current_state();
    stacks::leave_hosts_mounts();
    return stacks::perform({argv + 1, argv + argc});
  } catch (const PushError& error) {
    return stacks::complain(error.what(), error.exit_code());
  } catch (const SystemError& error) {
    return stacks::complain(error.what(), EX_OSERR);
  } catch (const std::exception& error) {
    return stacks::complain(error.what(), EX_SOFTWARE);
  }
}
