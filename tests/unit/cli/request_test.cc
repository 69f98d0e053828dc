// SPDX-License-Identifier: Apache-2.0
#include "cli/shell/request.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

TEST(ShellRequest, FindsTheAppInEveryAddressThatGitSends) {
  for (const char* command :
       {"git-receive-pack 'shop'", "git-receive-pack '/shop'", "git-receive-pack 'shop.git'",
        "git-receive-pack '/shop.git'", "git receive-pack shop"}) {
    const Request request = Request::parse(command);
    ASSERT_TRUE(request.git) << command;
    EXPECT_STREQ(request.git->service, "receive-pack");
    EXPECT_EQ(request.git->app.view(), "shop");
  }
  EXPECT_STREQ(Request::parse("git-upload-pack 'shop'").git->service, "upload-pack");
}

TEST(ShellRequest, RefusesEveryOtherPath) {
  for (const char* path : {"../../etc", "/etc/passwd", "a/../b.git", "a;id", "~root/x", "",
                           "shop.git.git", "-u", "//shop", "\xff", "shop\\\nx"})
    EXPECT_THROW((void)Request::parse(std::string("git-receive-pack '") + path + "'"),
                 PushError)
        << path;
  EXPECT_THROW((void)Request::parse("git-receive-pack"), PushError);
  EXPECT_THROW((void)Request::parse("git-receive-pack a b"), PushError);
}

TEST(ShellRequest, TakesAnythingElseForAVerb) {
  EXPECT_EQ(Request::parse("env shop set 'A=b c'").words,
            (std::vector<std::string>{"env", "shop", "set", "A=b c"}));
  EXPECT_EQ(Request::parse("id; git-receive-pack a").words[0], "id;");
}

TEST(ShellRequest, RefusesNothingAtAllAndBrokenQuotes) {
  EXPECT_THROW((void)Request::parse(""), PushError);
  EXPECT_THROW((void)Request::parse("   "), PushError);
  EXPECT_THROW((void)Request::parse("git-receive-pack 'a"), PushError);
}

}  // namespace
}  // namespace hythe
