// SPDX-License-Identifier: Apache-2.0
#include "helpers/tcp_table.h"

#include <gtest/gtest.h>

#include <string>

namespace hythe::root {
namespace {

const std::string kHeading =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  "
    "timeout "
    "inode\n";

std::string line(const char* local, const char* state) {
  return std::string("   0: ") + local + " FEFFD60A:C35E " + state +
         " 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0\n";
}

bool is_connected(const std::string& table) {
  return has_tcp_socket(table, 8080, TcpState::connected);
}

TEST(TcpTable, SeesAConnectionToThePort) {
  EXPECT_TRUE(is_connected(kHeading + line("8100D60A:1F90", "01")));
  EXPECT_TRUE(is_connected(kHeading + line("0100007F:0016", "01") +
                           line("0000000000000000FFFF00008100D60A:1F90", "01")));
  EXPECT_TRUE(is_connected(kHeading + line("8100D60A:1F90", "08"))) << "half-closed";
}

TEST(TcpTable, SeesNothingElse) {
  EXPECT_FALSE(is_connected(""));
  EXPECT_FALSE(is_connected(kHeading));
  EXPECT_FALSE(is_connected(kHeading + line("00000000:1F90", "0A"))) << "listening";
  EXPECT_FALSE(is_connected(kHeading + line("8100D60A:1F90", "06"))) << "time-wait";
  EXPECT_FALSE(is_connected(kHeading + line("8100D60A:C35E", "01"))) << "outgoing";
  for (const char* odd : {"x", "\n\n", "0: 8100D60A:1F9 x 01\n", "0: 1F90 x 01\n"})
    EXPECT_FALSE(is_connected(odd)) << odd;
}

TEST(TcpTable, SeesWhoListens) {
  const auto listens = [](const std::string& table) {
    return has_tcp_socket(table, 8080, TcpState::listening);
  };
  EXPECT_TRUE(listens(kHeading + line("00000000:1F90", "0A")));
  EXPECT_FALSE(listens(kHeading + line("00000000:1F91", "0A")));
  EXPECT_FALSE(listens(kHeading + line("8100D60A:1F90", "01")));
}

}  // namespace
}  // namespace hythe::root
