// SPDX-License-Identifier: Apache-2.0
#include "inside/build/credentials.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

TEST(Credentials, AreTakenOffAddresses) {
  EXPECT_EQ(without_user("https://user:p%40ss@h/a?b=c"), "https://h/a?b=c");
  EXPECT_EQ(without_user("https://token@h"), "https://h");
  for (const char* url : {"https://h/a@b", "ssh://git@h/x", "git@h:x", "file:///a@b", ""})
    EXPECT_EQ(without_user(url), url);
}

TEST(Credentials, AreSentAsBasicAuthorization) {
  // The example of RFC 7617.
  EXPECT_EQ(authorization_for("https://Aladdin:open%20sesame@h/"),
            "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  EXPECT_EQ(authorization_for("http://token@h/"), "Authorization: Basic dG9rZW46");
  EXPECT_EQ(authorization_for("https://a:b%@h/"), "Authorization: Basic YTpiJQ==");
  EXPECT_EQ(authorization_for("https://h/"), "");
  EXPECT_EQ(authorization_for("ssh://git@h/"), "");
}

}  // namespace
}  // namespace hythe::builder
