// SPDX-License-Identifier: Apache-2.0
#include "lib/net/web_address.h"

#include <gtest/gtest.h>

#include <string>

#include "lib/errors.h"

namespace hythe {
namespace {

TEST(WebAddress, HasParts) {
  const auto whole =
      WebAddress::parse("HTTPS://alice:p%40ss@Example.ORG:8443/a/b.tgz?key=1#part");
  EXPECT_TRUE(whole.is_secure);
  EXPECT_EQ(whole.user, "alice:p@ss");
  EXPECT_EQ(whole.host, "example.org");
  EXPECT_EQ(whole.port, 8443U);
  EXPECT_EQ(whole.path, "/a/b.tgz");
  EXPECT_EQ(whole.text(), "https://example.org:8443/a/b.tgz?key=1");
  EXPECT_EQ(whole.shown(), "https://example.org:8443/a/b.tgz");
  const auto bare = WebAddress::parse("http://10.0.0.1");
  EXPECT_EQ(bare.text(), "http://10.0.0.1/");
  EXPECT_EQ(bare.port, 80U);
  EXPECT_EQ(WebAddress::parse("http://[fd00::1]:81/x").host, "[fd00::1]");
  EXPECT_EQ(WebAddress::parse("http://h?q").text(), "http://h/?q");
}

TEST(WebAddress, RefusesWhatCanBeReadInTwoWays) {
  for (const char* text : {"ftp://h/x",
                           "file:///etc/passwd",
                           "http:/h",
                           "http://",
                           "http:///x",
                           "http://h\\@x/",
                           "http://a@b@c/",
                           "http://h:0/",
                           "http://h:65536/",
                           "http://h:x/",
                           "http://h /",
                           "http://h/\"x",
                           "http://h/\n",
                           "http://2130706433/",
                           "http://0x7f.1/",
                           "http://127.1/",
                           "http://010.0.0.1/",
                           "http://0x7f000001/",
                           "http://[::1/",
                           "http://[::ffff:1.2.3.4]/",
                           "http://[fe80::1%25eth0]/",
                           "http://h_x/",
                           "http://-h/",
                           "http://b\xc3\xbc/",
                           "http://.h/",
                           "http://a:%0d%0ax@h/",
                           "http://a:%zz@h/"})
    EXPECT_THROW((void)WebAddress::parse(text), PushError) << text;
}

TEST(WebAddress, KeepsItsSecretsInErrors) {
  try {
    (void)WebAddress::parse("http://alice:geheim@h:99999/x?geheim");
    FAIL();
  } catch (const PushError& error) {
    EXPECT_EQ(std::string(error.what()).find("geheim"), std::string::npos) << error.what();
  }
}

TEST(WebAddress, IsToldFromAFile) {
  for (const char* text : {"http://h", "https://h/x", "ftp://h", "HTTP://h"})
    EXPECT_TRUE(WebAddress::looks_like_one(text)) << text;
  for (const char* text : {"-", "a.tgz", "./http://h", "/http://h", "http:h", "://h"})
    EXPECT_FALSE(WebAddress::looks_like_one(text)) << text;
}

}  // namespace
}  // namespace hythe
