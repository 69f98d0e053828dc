// SPDX-License-Identifier: Apache-2.0
#include "lib/net/listening_sockets.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "core/unique_fd.h"

namespace hythe {
namespace {

using Sockets = std::vector<ListeningSocket>;

constexpr const char* kTcp =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  "
    "timeout\n"
    "   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        "
    "0 1\n"
    "   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        "
    "0 2\n"
    "   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        "
    "0 3\n"
    "   3: 8100D60A:1F90 0100000A:C350 01 00000000:00000000 00:00000000 00000000  1000        "
    "0 4\n"
    "  10: 8100D60A:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        "
    "0 5\n";

constexpr const char* kTcp6 =
    "  sl  local_address                         remote_address                        st\n"
    "   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0\n"
    "   1: 00000000000000000000000001000000:0BB8 00000000000000000000000000000000:0000 0A 0\n"
    "   2: 0000000000000000FFFF00000100007F:0BB9 00000000000000000000000000000000:0000 0A 0\n";

TEST(ParseListeningSockets, FindsThoseThatListenEachOnce) {
  EXPECT_EQ(parse_listening_sockets(kTcp), (Sockets{{"127.0.0.1", 3000, true},
                                                    {"0.0.0.0", 8080, false},
                                                    {"10.214.0.129", 80, false}}));
  EXPECT_EQ(
      parse_listening_sockets(kTcp6),
      (Sockets{{"::", 8080, false}, {"::1", 3000, true}, {"::ffff:127.0.0.1", 3001, true}}));
}

TEST(ParseListeningSockets, PassesOverWhatItDoesNotUnderstand) {
  for (const char* text : {"", "\n\n", "x", "   0: 0100007F 0 0A", "   0: 0100007F:0BB8 0 0",
                           "   0: 0100007:0BB8 0 0A", "   0: 0100007G:0BB8 0 0A",
                           "   0: 0100007F:10000 0 0A", "   0: 0100007F: 0 0A", "0: 1:1"})
    EXPECT_EQ(parse_listening_sockets(text), Sockets{}) << text;
}

TEST(ListeningSockets, FindsARealOne) {
  const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(socket.get(), generic, length), 0);
  ASSERT_EQ(::listen(socket.get(), 1), 0);
  ASSERT_EQ(::getsockname(socket.get(), generic, &length), 0);
  const ListeningSocket expected{"127.0.0.1", ntohs(address.sin_port), true};
  const Sockets found = listening_sockets(::getpid());
  EXPECT_NE(std::find(found.begin(), found.end(), expected), found.end());
}

TEST(ListeningSockets, IsEmptyForAProcessThatIsGone) {
  EXPECT_EQ(listening_sockets(0x7FFFFFFF), Sockets{});
}

}  // namespace
}  // namespace hythe
