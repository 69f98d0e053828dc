// SPDX-License-Identifier: Apache-2.0
#include "lib/process/beacon.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <filesystem>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

class BeaconTest : public ::testing::Test {
 protected:
  BeaconTest() {
    char name[] = "/tmp/beacon-XXXXXX";
    directory_ = ::mkdtemp(name);
  }
  ~BeaconTest() override { std::filesystem::remove_all(directory_); }
  [[nodiscard]] std::string path() const { return directory_ + "/beacon"; }

  static short events(int fd, int patience_ms = 0) {
    pollfd polled{.fd = fd, .events = POLLIN, .revents = 0};
    (void)::poll(&polled, 1, patience_ms);
    return polled.revents;
  }

 private:
  std::string directory_;
};

TEST_F(BeaconTest, IsSeenUntilItIsPutOut) {
  EXPECT_FALSE(Beacon::see(path()));
  Beacon beacon = Beacon::light(path());
  const UniqueFd seen = Beacon::see(path());
  ASSERT_TRUE(seen);
  EXPECT_EQ(events(seen.get()) & POLLERR, 0);
  beacon.put_out();
  EXPECT_NE(events(seen.get()) & POLLERR, 0);
  EXPECT_FALSE(Beacon::see(path()));
}

TEST_F(BeaconTest, HearsWhoCallsAndNothingOfWhoOnlyLooks) {
  const Beacon beacon = Beacon::light(path());
  Beacon::see(path()).reset();
  EXPECT_EQ(events(beacon.fd()), 0);
  write_all(Beacon::see(path()).get(), "alice\n");
  EXPECT_EQ(events(beacon.fd()), POLLIN);
  EXPECT_EQ(beacon.heard(), "alice\n");
  EXPECT_EQ(beacon.heard(), "");
}

TEST_F(BeaconTest, GoesOutWithAProcessThatIsKilled) {
  Pipe lit = Pipe::make();
  const pid_t pid = ::fork();
  if (pid == 0) {
    const Beacon beacon = Beacon::light(path());
    write_all(lit.write.get(), "+");
    for (;;) ::pause();
  }
  std::string word;
  ASSERT_TRUE(read_some(lit.read.get(), word));
  const UniqueFd seen = Beacon::see(path());
  ASSERT_TRUE(seen);
  ::kill(pid, SIGKILL);
  EXPECT_NE(events(seen.get(), 10'000) & POLLERR, 0);
  ::waitpid(pid, nullptr, 0);
  EXPECT_FALSE(Beacon::see(path())) << "its name is left, and nobody's";
}

TEST_F(BeaconTest, HasItsNameToItself) {
  const Beacon beacon = Beacon::light(path());
  EXPECT_THROW((void)Beacon::light(path()), SystemError);
}

}  // namespace
}  // namespace hythe
