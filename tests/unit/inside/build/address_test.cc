// SPDX-License-Identifier: Apache-2.0
#include "inside/build/address.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

using Kind = BuildpackAddress::Kind;

TEST(BuildAddress, IsRemoteOnlyWhenGitCouldTakeItForNothingElse) {
  for (const char* url :
       {"https://example.org/a/b.git", "http://example.org", "https://user:pw@example.org/x",
        "ssh://git@example.org:22/x", "git://example.org/x", "git@example.org:x/y.git",
        "https://[::1]/x", "https://[::1]:80/x", "https://u:p@h:80/x"})
    EXPECT_TRUE(is_remote(url)) << url;
  for (const char* url : {"",
                          "/etc",
                          "x",
                          "../x",
                          "file:///x",
                          "ext::sh -c id",
                          "ext::sh",
                          "-u",
                          "--upload-pack=x",
                          "https://",
                          "https://-oProxyCommand=x/y",
                          "https://user@-x/y",
                          "ssh://-oProxyCommand=x/y",
                          "-x@example.org:y",
                          "git@-oProxy:y",
                          "git@:y",
                          "git@example.org:",
                          "https://a b/c",
                          "https://a\n/b",
                          "fd::17",
                          "transport::https://x",
                          "https://user:pass/word@h/x",
                          "https://u:p"})
    EXPECT_FALSE(is_remote(url)) << url;
}

TEST(BuildAddress, IsShownWithoutCredentials) {
  EXPECT_EQ(without_credentials("https://user:p@w@example.org/a@b"), "https://example.org/a@b");
  EXPECT_EQ(without_credentials("https://example.org/a@b"), "https://example.org/a@b");
  EXPECT_EQ(without_credentials("git@example.org:x"), "git@example.org:x");
  EXPECT_EQ(without_credentials("https://h/x.tgz?token=secret"), "https://h/x.tgz");
}

TEST(BuildAddress, IsCutOffWhereItMayHaveAPassword) {
  EXPECT_EQ(shown_as_typed("https://u:p#w@h/x"), "https://…");
  EXPECT_EQ(shown_as_typed("a b\n"), "a b?");
}

TEST(BuildAddress, IsResolvedBesideItsRepository) {
  EXPECT_EQ(resolve_relative("../lib.git", "https://h/org/app.git"), "https://h/org/lib.git");
  EXPECT_EQ(resolve_relative("./lib", "https://h/org/app/"), "https://h/org/app/lib");
  EXPECT_EQ(resolve_relative("../../x/lib", "https://h/org/app"), "https://h/x/lib");
  EXPECT_EQ(resolve_relative("../../../lib", "https://h/org/app"), "");
  EXPECT_EQ(resolve_relative("../lib", "git@h:org/app.git"), "git@h:org/lib");
  EXPECT_EQ(resolve_relative("../lib", "git@h:app.git"), "git@h:lib");
  EXPECT_EQ(resolve_relative("https://h/x", "https://other/y"), "https://h/x");
}

TEST(BuildAddress, HasAFileNameOfItsOwn) {
  EXPECT_TRUE(as_file_name("https://h/a-b_C.git").starts_with("https---h-a-b_C-git-"));
  EXPECT_NE(as_file_name("https://h/a/b"), as_file_name("https://h/a-b"));
  EXPECT_NE(as_file_name(std::string(300, 'a')), as_file_name(std::string(301, 'a')));
  EXPECT_LT(as_file_name(std::string(3000, 'a')).size(), 130U);
  EXPECT_EQ(as_file_name("https://u:secret@h/x?token=secret").find("secret"),
            std::string::npos);
}

TEST(BuildAddress, StaysBelow) {
  for (const char* path : {"a", "a/b", "..a", "a..", ".git"}) EXPECT_TRUE(is_path_below(path));
  for (const char* path : {"", "/", "/a", "a/", "a//b", "..", "a/..", "./a", "a/./b"})
    EXPECT_FALSE(is_path_below(path)) << path;
}

struct Example {
  const char* text;
  Kind kind;
  const char* location;
  const char* ref;
  const char* name;
};

TEST(BuildpackAddress, ReadsEveryForm) {
  for (const Example& example : {
           Example{"nodejs", Kind::official, "nodejs", "", "nodejs"},
           Example{"./vendor/bp/", Kind::in_app, "vendor/bp", "", "bp"},
           Example{"heroku/nodejs", Kind::repository,
                   "https://github.com/heroku/heroku-buildpack-nodejs", "",
                   "heroku-buildpack-nodejs"},
           Example{"heroku-community/apt#v1", Kind::repository,
                   "https://github.com/heroku-community/heroku-buildpack-apt", "v1",
                   "heroku-buildpack-apt"},
           Example{"Scalingo/Ruby", Kind::repository,
                   "https://github.com/Scalingo/heroku-buildpack-Ruby", "",
                   "heroku-buildpack-Ruby"},
           Example{"Node.js", Kind::official, "Node.js", "", "Node.js"},
           Example{"https://h/a/b.git#feature/x", Kind::repository, "https://h/a/b.git",
                   "feature/x", "b"},
           Example{"git@h:a/b.git#0123abc", Kind::repository, "git@h:a/b.git", "0123abc", "b"},
           Example{"https://h/b-1.0.tar.gz?x=y", Kind::archive, "https://h/b-1.0.tar.gz?x=y",
                   "", "b-1.0"},
           Example{"https://h/b.tgz", Kind::archive, "https://h/b.tgz", "", "b"},
           Example{"file:///srv/b.git", Kind::repository, "file:///srv/b.git", "", "b"},
       }) {
    const auto address = BuildpackAddress::parse(example.text);
    ASSERT_TRUE(address) << example.text;
    EXPECT_EQ(address->kind, example.kind) << example.text;
    EXPECT_EQ(address->location, example.location);
    EXPECT_EQ(address->ref, example.ref);
    EXPECT_EQ(address->name, example.name);
  }
  EXPECT_EQ(BuildpackAddress::parse("https://u:p@h/b#v1")->shown(), "https://h/b#v1");
}

TEST(BuildpackAddress, RefusesTheRest) {
  for (const char* text :
       {"", "-x", "..", "../x", "./../x", "./", "/x", "a/b/c", "A b", ".a/b", "a/.b", "ext::sh",
        "https://h/x#-z", "https://h/x#+z", "https://h/x#a:b", "https://h/x#", "file://h/x",
        "-a/b", "https://h/\x1b[31m"})
    EXPECT_FALSE(BuildpackAddress::parse(text)) << text;
}

}  // namespace
}  // namespace hythe::builder
