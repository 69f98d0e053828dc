// SPDX-License-Identifier: Apache-2.0
#include "pipeline/health_check.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TEST(HealthCheck, ReadsTheStatus) {
  EXPECT_EQ(http_status("HTTP/1.1 200 OK\r\n"), 200U);
  EXPECT_EQ(http_status("HTTP/1.0 503\r\n"), 503U);
  EXPECT_EQ(http_status("SSH-2.0-OpenSSH_9.2\r\n"), 0U);
  EXPECT_EQ(http_status("HTTP/1.1 2x0 OK\r\n"), 0U);
  EXPECT_EQ(http_status(""), 0U);
}

TEST(HealthCheck, ShowsTheFirstLineOfTheBody) {
  EXPECT_EQ(first_body_line("HTTP/1.1 500 No\r\nA: b\r\n\r\nno database\nmore"), "no database");
  EXPECT_EQ(first_body_line("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "b\r\nno database\r\n0\r\n\r\n"),
            "no database");
  EXPECT_EQ(first_body_line("HTTP/1.1 500 No\r\nA: b\r\n"), "");
}

}  // namespace
}  // namespace hythe
