// SPDX-License-Identifier: Apache-2.0
#include "helpers/harden.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "core/unique_fd.h"
#include "helpers/authorise.h"
#include "helpers/command.h"
#include "helpers/die.h"
#include "helpers/directory.h"
#include "helpers/lock.h"
#include "helpers/text.h"

namespace hythe::root {
namespace {

using ::testing::ExitedWithCode;

TEST(HardenDeathTest, RefusesToRunWithoutAName) {
  const char* const none[] = {nullptr};
  EXPECT_EXIT((void)harden({"t", "/t"}, 0, none), ExitedWithCode(EX_USAGE), "^$");
  EXPECT_EXIT((void)harden({"t", "/t"}, 1, none), ExitedWithCode(EX_USAGE), "^$");
  EXPECT_EXIT((void)harden({"t", "/t"}, 1, nullptr), ExitedWithCode(EX_USAGE), "^$");
}

TEST(HardenDeathTest, RefusesEveryPlaceButItsOwn) {
  EXPECT_EXIT(require_place("/usr/lib/hythe/helpers/hythe-route"), ExitedWithCode(EX_CONFIG),
              "must be run as '/usr/lib/hythe/helpers/hythe-route'");
}

TEST(DieDeathTest, SaysOneEscapedLine) {
  EXPECT_EXIT(die(EX_DATAERR, "'", "a\nb\x1b[31m\\", "' is bad"), ExitedWithCode(EX_DATAERR),
              "^hythe: 'a\\\\x0ab\\\\x1b\\[31m\\\\\\\\' is bad\n$");
}

TEST(DieDeathTest, KeepsBothEndsOfALongLine) {
  const std::string text = "begin" + std::string(5000, 'x') + "end";
  EXPECT_EXIT(die(EX_DATAERR, text), ExitedWithCode(EX_DATAERR),
              "^hythe: beginx{72} \\.\\.\\. x{107}end\n$");
}

TEST(DieDeathTest, NamesTheReason) {
  EXPECT_EXIT((errno = ENOSPC, die_errno("write '", "x", "'")), ExitedWithCode(EX_IOERR),
              "^hythe: cannot write 'x': No space left on device\n$");
  EXPECT_EXIT((errno = ENOENT, die_errno("open it")), ExitedWithCode(EX_OSERR), "No such file");
}

TEST(TextDeathTest, IsNeverCut) {
  FixedText<8> text("1234567");
  EXPECT_EQ(text.view(), "1234567");
  EXPECT_EQ(text.room(), 0U);
  EXPECT_EXIT(text.add('8'), ExitedWithCode(EX_SOFTWARE), "longer than it may be");
}

TEST(Text, AddsNumbersAndLines) {
  FixedText<64> text;
  text.line("a", 0U, ' ', std::uint64_t{18446744073709551615U});
  EXPECT_EQ(text.view(), "a0 18446744073709551615\n");
  EXPECT_STREQ(text.c_str(), "a0 18446744073709551615\n");
}

CommandResult shell(const char* script, std::string_view input, Text& errors,
                    int deadline_ms = 5000) {
  const char* const argv[] = {"/bin/sh", "-c", script, nullptr};
  return run_command(argv, input, errors, Deadline::in_ms(deadline_ms));
}

TEST(Command, TellsHowItEnded) {
  FixedText<128> said;
  EXPECT_TRUE(shell("cat >/dev/null; echo hello >&2", "input", said).succeeded());
  EXPECT_EQ(said.view(), "hello\n");
  EXPECT_EQ(shell("exit 7", {}, said).number, 7);
  const auto killed = shell("kill -9 $$", {}, said);
  EXPECT_EQ(killed.end, CommandResult::End::signalled);
  EXPECT_EQ(killed.number, SIGKILL);
  const char* const nothing[] = {"/nonexistent", nullptr};
  EXPECT_EQ(run_command(nothing, {}, said, Deadline::in_ms(5000)).number, 127);
}

TEST(Command, IsKilledWithItsGroupAtTheDeadline) {
  FixedText<128> said;
  const auto result = shell("sleep 1000 & echo $! >&2; wait", {}, said, 300);
  EXPECT_EQ(result.end, CommandResult::End::timed_out);
  const auto grandchild = static_cast<pid_t>(std::stol(std::string(said.view())));
  // It has no parent of ours, and the kernel ends it in its own time.
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, grandchild, 0)));
  pollfd end{.fd = pidfd.get(), .events = POLLIN, .revents = 0};
  constexpr int kLongestMs = 10'000;
  EXPECT_TRUE(!pidfd || ::poll(&end, 1, kLongestMs) == 1) << "it still runs";
}

TEST(Command, DropsWhatItSaysBeyondTheRoom) {
  FixedText<16> said;
  EXPECT_TRUE(
      shell("i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo 0123456789 >&2; done", {}, said)
          .succeeded());
  EXPECT_EQ(said.view(), "0123456789\n0123");
}

TEST(Command, TakesMoreInputThanAPipeHolds) {
  FixedText<16> said;
  const std::string input(1 << 20, 'x');
  EXPECT_TRUE(shell("wc -c >&2", input, said).succeeded());
  EXPECT_EQ(said.view(), "1048576\n");
  EXPECT_TRUE(shell("exec <&-; exit 0", input, said).succeeded());
}

/// A directory of root's; only root can make one.
class DirectoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    char name[] = "/tmp/hythe-directory-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    path_ = name;
  }
  void TearDown() override {
    if (!path_.empty()) (void)!std::system(("rm -rf " + path_).c_str());
  }
  [[nodiscard]] std::string in(const char* name) const { return path_ + '/' + name; }
  std::string path_;
};

TEST_F(DirectoryTest, ReplacesAndReads) {
  const Directory directory = Directory::open(path_.c_str());
  char memory[16];
  EXPECT_FALSE(directory.read("x", memory));
  directory.replace("x", 0644, "one");
  directory.replace("x", 0600, "two");
  EXPECT_EQ(directory.read("x", memory), "two");
  struct stat found {};
  ASSERT_EQ(::stat(in("x").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777U, 0600U);
  int entries = 0;
  directory.for_each([&](const char*) { ++entries; });
  EXPECT_EQ(entries, 1);
  EXPECT_TRUE(directory.remove("x"));
  EXPECT_FALSE(directory.remove("x"));
}

TEST_F(DirectoryTest, RefusesWhateverIsNotAFileOfRootsAlone) {
  using ::testing::ExitedWithCode;
  const Directory directory = Directory::open(path_.c_str());
  char memory[16];
  directory.replace("file", 0600, "text");
  ASSERT_EQ(::symlink("file", in("symlink").c_str()), 0);
  ASSERT_EQ(::mkfifo(in("fifo").c_str(), 0600), 0);
  ASSERT_EQ(::mkdir(in("directory").c_str(), 0700), 0);
  directory.replace("foreign", 0600, "text");
  ASSERT_EQ(::chown(in("foreign").c_str(), 4711, 0), 0);
  directory.replace("writable", 0666, "text");
  directory.replace("linked", 0600, "text");
  ASSERT_EQ(::link(in("linked").c_str(), in("second").c_str()), 0);
  directory.replace("long", 0600, "0123456789abcdef");
  for (const char* name : {"fifo", "directory", "foreign", "writable", "linked", "long"})
    EXPECT_EXIT((void)directory.read(name, memory), ExitedWithCode(EX_CONFIG), name);
  for (const char* name : {"symlink", "../etc", "file/x"})
    EXPECT_EXIT((void)directory.read(name, memory), ExitedWithCode(EX_OSERR), "cannot open");
}

TEST_F(DirectoryTest, RefusesADirectoryThatOthersCouldHaveFilled) {
  ASSERT_EQ(::mkdir(in("ours").c_str(), 0700), 0);
  ASSERT_EQ(::chmod(in("ours").c_str(), 0770), 0);
  EXPECT_EXIT((void)Directory::open(in("ours").c_str()), ExitedWithCode(EX_CONFIG),
              "only root");
  ASSERT_EQ(::chmod(in("ours").c_str(), 0700), 0);
  ASSERT_EQ(::chown(in("ours").c_str(), 4711, 0), 0);
  EXPECT_EXIT((void)Directory::open(in("ours").c_str()), ExitedWithCode(EX_CONFIG),
              "only root");
  ASSERT_EQ(::symlink("ours", in("link").c_str()), 0);
  EXPECT_EXIT((void)Directory::open(in("link").c_str()), ExitedWithCode(EX_OSERR),
              "cannot open");
}

TEST_F(DirectoryTest, ALockIsGivenUpAtTheDeadline) {
  const Directory directory = Directory::open(path_.c_str());
  const Lock held = Lock::take(directory, "lock", Deadline::in_ms(1000));
  EXPECT_EXIT((void)Lock::take(directory, "lock", Deadline::in_ms(50)),
              ExitedWithCode(EX_TEMPFAIL), "still at work");
}

}  // namespace
}  // namespace hythe::root
