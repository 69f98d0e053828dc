// SPDX-License-Identifier: Apache-2.0
#include "inside/build/redacted_log.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace hythe::builder {
namespace {

TEST(RedactedLog, IsOurStderrForAsLongAsItLives) {
  testing::internal::CaptureStderr();
  int background = -1;
  {
    const RedactedLog log(Variables{{"PASSWORD", "correct horse"}});
    background = ::dup(STDERR_FILENO);  // does not hold it up
    EXPECT_EQ(::write(STDERR_FILENO, "correct horse", 13), 13);
  }
  EXPECT_EQ(::write(STDERR_FILENO, "correct horse", 13), 13);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "[PASSWORD]correct horse");
  ::close(background);
}

}  // namespace
}  // namespace hythe::builder
