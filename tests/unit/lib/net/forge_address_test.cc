// SPDX-License-Identifier: Apache-2.0
#include "lib/net/forge_address.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

TEST(ForgeAddress, IsOneHoweverItIsWritten) {
  for (const char* text :
       {"https://GitHub.com/acme/shop", "https://github.com/acme/shop.git",
        "https://github.com/acme/shop/", "https://github.com//acme/shop.git"})
    EXPECT_EQ(ForgeAddress::parse(text).url(), "https://github.com/acme/shop.git") << text;
  for (const char* text :
       {"git@gitlab.com:acme/team/shop.git", "ssh://gitlab.com/acme/team/shop",
        "ssh://git@gitlab.com/acme/team/shop.git"})
    EXPECT_EQ(ForgeAddress::parse(text).url(), "ssh://git@gitlab.com/acme/team/shop.git")
        << text;
  const auto address = ForgeAddress::parse("ssh://code@forge.example.org:2222/a/b");
  EXPECT_EQ(address.url(), "ssh://code@forge.example.org:2222/a/b.git");
  EXPECT_EQ(address.host_key_name(), "[forge.example.org]:2222");
  EXPECT_EQ(ForgeAddress::parse("https://bot@h/a/b").user, "bot");
}

TEST(ForgeAddress, RefusesWhatCouldBeReadAsSomethingElse) {
  for (const char* text : {"",
                           "x",
                           "http://h/a/b",
                           "git://h/a/b",
                           "file:///a/b",
                           "ext::sh -c id",
                           "--upload-pack=x",
                           "https://h/a",
                           "https://h/a/../b",
                           "https://h/-a/b",
                           "https://h/a/.git",
                           "https://-h/a/b",
                           "https://h:0/a/b",
                           "https://h:99999/a/b",
                           "https://h:x/a/b",
                           "https://u:p@h/a/b",
                           "https://h/a/b c",
                           "https://h/a/b\n",
                           "https://h/a/b;id",
                           "https://h/a/$(id)",
                           "git@-oProxyCommand=x:a/b",
                           "-oProxyCommand=x@h:a/b",
                           "ssh://-x@h/a/b",
                           "h:a",
                           "https://h/a/b?x",
                           "https://h/a/b#x",
                           "https://[::1]/a/b",
                           "https://127.1/a/b",
                           "https://0x7f.1/a/b",
                           "https://2130706433/a/b",
                           "git@017700000001:a/b",
                           "ssh://git@0x7f000001/a/b",
                           "https://a@b@h/a/b",
                           "https://@-h/a/b",
                           "https://h/a/'b"})
    EXPECT_THROW((void)ForgeAddress::parse(text), PushError) << text;
}

TEST(ForgeAddress, KeepsAPasswordInErrors) {
  for (const char* text : {"https://a:geheim@h/a/b", "https://a:gehe@im@h/a/b",
                           "https://a:geheim@-h/a/b", "https://a:geheim@127.1:x/a"}) {
    try {
      (void)ForgeAddress::parse(text);
      ADD_FAILURE() << text;
    } catch (const PushError& error) {
      EXPECT_EQ(std::string(error.what()).find("gehe"), std::string::npos) << error.what();
    }
  }
}

TEST(ForgeAddress, LeadsToTheApi) {
  const auto api = [](Forge forge, const char* text) {
    return api_of(forge, ForgeAddress::parse(text));
  };
  EXPECT_EQ(api(Forge::github, "git@github.com:a/b"), "https://api.github.com");
  EXPECT_EQ(api(Forge::github, "https://git.acme.org/a/b"), "https://git.acme.org/api/v3");
  EXPECT_EQ(api(Forge::gitlab, "https://lab.acme.org:8443/a/b"),
            "https://lab.acme.org:8443/api/v4");
  EXPECT_EQ(api(Forge::gitlab, "ssh://git@lab.acme.org:2222/a/b"),
            "https://lab.acme.org/api/v4");
}

TEST(BranchName, IsWhatAShellAndGitTakeAsItIs) {
  for (const char* name : {"main", "feature/x-1", "release_1.2", "user+x"})
    EXPECT_TRUE(is_branch_name(name)) << name;
  for (const char* name :
       {"",   "-x",  "a..b", "a b", "a/", "/a", "a//b", "a/.b", ".a",   "a.lock", "a.lock/b",
        "a.", "a~1", "a^",   "a:b", "a?", "a*", "a[",   "a\\b", "a\nb", "$(id)",  "é"})
    EXPECT_FALSE(is_branch_name(name)) << name;
}

}  // namespace
}  // namespace hythe
