// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/git_config.h"

#include <gtest/gtest.h>

namespace hythe::container {
namespace {

TEST(GitConfig, TakesMirrorsAndNothingElse) {
  EXPECT_EQ(mirrors_in("[user]\n\tname = x\n[url \"https://mirror/\"]\n\tinsteadOf = a\n"
                       "[http]\n\textraHeader = Authorization: secret\n"
                       " [url \"file:///srv/\"]\n\tinsteadOf = b\n\tinsteadOf = c"),
            "[url \"https://mirror/\"]\n\tinsteadOf = a\n"
            " [url \"file:///srv/\"]\n\tinsteadOf = b\n\tinsteadOf = c\n");
  EXPECT_EQ(mirrors_in(""), "");
}

TEST(GitConfig, ShowsNoApp) {
  EXPECT_EQ(mirrors_in("[url \"https://user:secret@mirror/\"]\n\tinsteadOf = a\n"), "");
  EXPECT_EQ(mirrors_in("[URL \"x\"]\n\tinsteadOf = a\n[credential]\n\thelper = store\n"), "");
}

}  // namespace
}  // namespace hythe::container
