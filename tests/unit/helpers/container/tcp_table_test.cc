// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/tcp_table.h"

#include <gtest/gtest.h>

#include <string>

namespace hythe::container {
namespace {

const std::string kHeading =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  "
    "timeout "
    "inode\n";

std::string line(const char* local, const char* state) {
  return std::string("   0: ") + local + " FEFFD60A:C35E " + state +
         " 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0\n";
}

TEST(TcpTable, SeesAnEstablishedConnectionToThePort) {
  EXPECT_TRUE(has_established(kHeading + line("8100D60A:1F90", "01"), 8080));
  EXPECT_TRUE(has_established(kHeading + line("0100007F:0016", "01") +
                                  line("0000000000000000FFFF00008100D60A:1F90", "01"),
                              8080));
}

TEST(TcpTable, SeesNothingElse) {
  EXPECT_FALSE(has_established("", 8080));
  EXPECT_FALSE(has_established(kHeading, 8080));
  EXPECT_FALSE(has_established(kHeading + line("00000000:1F90", "0A"), 8080)) << "listening";
  EXPECT_FALSE(has_established(kHeading + line("8100D60A:1F90", "06"), 8080)) << "time-wait";
  EXPECT_FALSE(has_established(kHeading + line("8100D60A:C35E", "01"), 8080)) << "outgoing";
  for (const char* odd : {"x", "\n\n", "0: 8100D60A:1F9 x 01\n", "0: 1F90 x 01\n"})
    EXPECT_FALSE(has_established(odd, 8080)) << odd;
}

}  // namespace
}  // namespace hythe::container
