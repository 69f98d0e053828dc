// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "model/key_ring.h"

namespace hythe {
namespace {

TEST(KeyName, IsSafeInAFileNameAndInQuotes) {
  for (const char* name : {"alice", "alice@laptop", "ci-2", "A.B_c"})
    EXPECT_TRUE(is_key_name(name)) << name;
  for (const char* name :
       {"", ".", "..", ".hidden", "-x", "a b", "a\"b", "a\nb", "a/b", "é", "@x"})
    EXPECT_FALSE(is_key_name(name)) << name;
  EXPECT_FALSE(is_key_name(std::string(65, 'a')));
}

}  // namespace
}  // namespace hythe
