// SPDX-License-Identifier: Apache-2.0

// PID 1 of every container: starts the command of /.hythe/spec, and stays to reap and to pass
// signals on; between a terminal inside and the pipes outside it passes on what is typed and
// shown. It runs as the app, with an empty environment and no capability; it is static,
// since it must work on any stack, and small, since every container has one.

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <initializer_list>
#include <optional>

#include "core/helper_contract.h"
#include "core/paths.h"
#include "inside/init/command.h"
#include "inside/init/die.h"
#include "inside/init/spec_file.h"
#include "inside/init/supervise.h"
#include "inside/init/terminal.h"

namespace hythe::init {
namespace {

/// Undoes whatever was inherited, and keeps the app, which has the same uid, out of PID 1's
/// memory and /proc/1.
void harden() noexcept {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  ::umask(022);
  ::syscall(SYS_close_range, 3U, ~0U, 0U);
}

/// The command's session is to have the terminal, which belongs to one session only. Giving
/// it up sends SIGHUP to those in its foreground, which is nobody but us.
void give_up_terminal() noexcept {
  ::signal(SIGHUP, SIG_IGN);
  if (::isatty(STDIN_FILENO) == 1) ::ioctl(STDIN_FILENO, TIOCNOTTY);
  ::signal(SIGHUP, SIG_DFL);
}

/// Whoever reads the container's output or writes its input is to see what the command
/// does with them, also when it closes them. A terminal stands between.
void leave_stdio_to_command() noexcept {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(fd);
}

int run() noexcept {
  harden();
  give_up_terminal();
  hold_signals();

  SpecFile file = SpecFile::map(paths::inside::kSpec);
  const auto spec = ContainerSpec::parse(file.bytes());
  if (!spec) die("there is no spec of a container in", paths::inside::kSpec);

  std::optional<Terminal> terminal;
  if (spec->terminal) terminal = Terminal::open(*spec->terminal, handled_signals());

  const pid_t command = ::fork();
  if (command < 0) die_errno("fork for", spec->argv.data());
  if (command == 0) {
    if (terminal) terminal->become_stdio();
    become_command(*spec);
  }

  file.unmap();
  if (terminal) return supervise(command, &*terminal);
  leave_stdio_to_command();
  return supervise(command, nullptr);
}

}  // namespace
}  // namespace hythe::init

int main() {
  return hythe::init::run();
}
