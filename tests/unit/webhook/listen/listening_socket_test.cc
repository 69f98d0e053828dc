// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/listening_socket.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <filesystem>

#include "lib/errors.h"

namespace hythe {
namespace {

class ListeningSocket : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] UniqueFd connect() const {
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un name = {};
    name.sun_family = AF_UNIX;
    path_.copy(name.sun_path, sizeof name.sun_path - 1);
    const int code =
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name);
    return code == 0 ? std::move(socket) : UniqueFd();
  }
  [[nodiscard]] static bool has_one(const UniqueFd& listening) {
    pollfd ready{.fd = listening.get(), .events = POLLIN, .revents = 0};
    return ::poll(&ready, 1, 0) == 1;
  }

  std::string directory_ = [] {
    char name[] = "/tmp/listening.XXXXXX";
    return std::string(::mkdtemp(name));
  }();
  std::string path_ = directory_ + "/socket";
};

TEST_F(ListeningSocket, IsForWhoMayEnterItsDirectory) {
  const UniqueFd socket = listening_socket(path_, 8);
  EXPECT_TRUE(connect());
  EXPECT_TRUE(has_one(socket));
  struct stat about = {};
  ASSERT_EQ(::stat(path_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0666U);
}

TEST_F(ListeningSocket, TakesThePlaceOfTheOneBefore) {
  UniqueFd before = listening_socket(path_, 8);
  const UniqueFd kept = connect();
  const UniqueFd after = listening_socket(path_, 8);
  EXPECT_TRUE(has_one(before));
  EXPECT_TRUE(connect());
  EXPECT_TRUE(has_one(after));
  before.reset();
  EXPECT_TRUE(connect());
}

TEST_F(ListeningSocket, IsMadeWhereOneWasLeftHalfMade) {
  ASSERT_TRUE(listening_socket(path_, 8));
  std::filesystem::rename(path_, path_ + ".new");
  EXPECT_FALSE(connect());
  const UniqueFd socket = listening_socket(path_, 8);
  EXPECT_TRUE(connect());
}

TEST_F(ListeningSocket, IsNotWhatWasHandedToSomebodyElse) {
  ::setenv("LISTEN_PID", "1", 1);
  ::setenv("LISTEN_FDS", "1", 1);
  const UniqueFd socket = listening_socket(path_, 8);
  ::unsetenv("LISTEN_PID");
  ::unsetenv("LISTEN_FDS");
  EXPECT_TRUE(connect());
}

TEST_F(ListeningSocket, NeedsADirectory) {
  EXPECT_THROW((void)listening_socket(directory_ + "/none/socket", 8), SystemError);
  EXPECT_THROW((void)listening_socket(directory_ + '/' + std::string(200, 'x'), 8),
               SystemError);
}

}  // namespace
}  // namespace hythe
