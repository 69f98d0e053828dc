// SPDX-License-Identifier: Apache-2.0
#include "lib/process/system_calls.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

#include "tests/unit/lib/git/git_fixture.h"

namespace hythe {
namespace {

/// What `act` returns in a process with the filter, in which it cannot say more.
int in_filter(const std::function<int()>& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) ::_exit(254);
    allow_only_file_calls();
    ::_exit(act());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

int error_of(long returned) {
  return returned == -1 ? errno : 0;
}

TEST(AllowOnlyFileCalls, LetsFilesBeMade) {
  test::ScratchDirectory scratch;
  const std::string path = scratch / "made";
  EXPECT_EQ(in_filter([&] {
              const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
              return file >= 0 && ::write(file, "text", 4) == 4 && ::fchmod(file, 0400) == 0 &&
                             ::symlinkat("made", AT_FDCWD, (path + "-too").c_str()) == 0
                         ? 0
                         : errno;
            }),
            0);
  EXPECT_EQ(test::slurp(path + "-too"), "text");
}

TEST(AllowOnlyFileCalls, LeavesNothingElse) {
  const struct {
    const char* name;
    std::function<long()> call;
  } calls[] = {
      {"execve", [] { return ::execl("/bin/true", "true", nullptr); }},
      {"fork", [] { return ::syscall(SYS_clone, 0, 0, 0, 0, 0); }},
      {"socket", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }},
      {"ptrace", [] { return ::syscall(SYS_ptrace, 0, 0, 0, 0); }},
      {"mount", [] { return ::syscall(SYS_mount, "x", "/", "tmpfs", 0, 0); }},
      {"chroot", [] { return ::chroot("/"); }},
      {"unshare", [] { return ::syscall(SYS_unshare, 0); }},
      {"keyctl", [] { return ::syscall(SYS_keyctl, 0, 0, 0, 0, 0); }},
      {"bpf", [] { return ::syscall(SYS_bpf, 0, nullptr, 0); }},
      {"io_uring", [] { return ::syscall(SYS_io_uring_setup, 1, nullptr); }},
      {"mknod", [] { return ::mknod("/nowhere/x", S_IFIFO, 0); }},
      {"ioctl", [] { return ::syscall(SYS_ioctl, 0, 0, 0); }},
      {"kill", [] { return ::syscall(SYS_kill, 0, 0); }},
      {"prctl", [] { return ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }},
  };
  for (const auto& [name, call] : calls)
    EXPECT_EQ(in_filter([&] { return error_of(call()); }), ENOSYS) << name;
}

TEST(AllowOnlyFileCalls, LetsNoMemoryBeExecuted) {
  const auto map = [](int protection) {
    return ::mmap(nullptr, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  };
  EXPECT_EQ(in_filter([&] { return map(PROT_READ | PROT_WRITE) == MAP_FAILED ? errno : 0; }),
            0);
  EXPECT_EQ(in_filter([&] { return map(PROT_READ | PROT_EXEC) == MAP_FAILED ? errno : 0; }),
            EPERM);
  EXPECT_EQ(in_filter([&] {
              void* page = map(PROT_READ | PROT_WRITE);
              return error_of(::mprotect(page, 4096, PROT_READ | PROT_EXEC));
            }),
            EPERM);
}

}  // namespace
}  // namespace hythe
