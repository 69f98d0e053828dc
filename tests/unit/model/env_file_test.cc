// SPDX-License-Identifier: Apache-2.0
#include "model/env_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

using Variables = std::map<std::string, std::string>;

std::string complaint(std::string_view text) {
  try {
    (void)parse_env_file(text, ".env");
    return "";
  } catch (const PushError& error) {
    return error.what();
  }
}

TEST(EnvFile, TakesEveryByteBehindTheEqualsSign) {
  EXPECT_EQ(parse_env_file("# of the shop\n\n"
                           "URL=postgres://u:p@h/db?a=b&c=d\n"
                           "  BACKSLASH=a\\nb\\\n"
                           "QUOTE=it's \"so\"\n"
                           "EMPTY=\n"
                           "export HASH=a#b\n"
                           "LAST=without a newline",
                           ""),
            (Variables{{"URL", "postgres://u:p@h/db?a=b&c=d"},
                       {"BACKSLASH", "a\\nb\\"},
                       {"QUOTE", "it's \"so\""},
                       {"EMPTY", ""},
                       {"HASH", "a#b"},
                       {"LAST", "without a newline"}}));
}

TEST(EnvFile, TakesQuotedValuesOverSeveralLines) {
  EXPECT_EQ(parse_env_file("KEY='-----BEGIN\n\\n $x \"\n-----END' # a key\n"
                           "DOUBLE=\"a\\nb\nc \\\"d\\\" \\$e \\q \\\\\"\n"
                           "SHELL_LIKE='it'\\''s'\n"
                           "NEXT=1",
                           ""),
            (Variables{{"KEY", "-----BEGIN\n\\n $x \"\n-----END"},
                       {"DOUBLE", "a\nb\nc \"d\" $e \\q \\"},
                       {"SHELL_LIKE", "it's"},
                       {"NEXT", "1"}}));
}

TEST(EnvFile, TakesLinesAsWindowsEndsThem) {
  EXPECT_EQ(parse_env_file("A=1\r\n\r\nB='2'\r\n", ""), (Variables{{"A", "1"}, {"B", "2"}}));
}

TEST(EnvFile, NamesTheLineOfWhatItDoesNotTake) {
  EXPECT_EQ(complaint("A=1\nB\n"), "'.env', line 2: it is not of the form NAME=VALUE");
  EXPECT_EQ(complaint("A='1\n2'\n\nA=3"),
            "'.env', line 4: 'A' is given twice, first in line 1");
  EXPECT_EQ(complaint("\nA='1\n\n"), "'.env', line 2: its ' is not closed");
  EXPECT_EQ(complaint("A=\"1\\\""), "'.env', line 1: its \" is not closed");
  EXPECT_EQ(complaint("A='1'2"), "'.env', line 1: something follows the closing quote");
  EXPECT_THAT(complaint("A =1"), testing::StartsWith("'.env', line 1: 'A ' is not a variable"));
  EXPECT_THAT(complaint("HOME=/"), testing::HasSubstr("line 1: 'HOME' is reserved"));
  EXPECT_THAT(complaint("A=\xff"), testing::HasSubstr("is not UTF-8"));
  EXPECT_THAT(complaint(std::string_view("A=\0b", 4)), testing::HasSubstr("has a NUL in it"));
}

TEST(EnvFile, RefusesWhatOthersWouldReadInAnotherWay) {
  EXPECT_THAT(complaint("A=1 # one"), testing::HasSubstr("has ' #' in it"));
  EXPECT_THAT(complaint("A=1 "), testing::HasSubstr("begins or ends with a blank"));
  EXPECT_THAT(complaint("A= 1"), testing::HasSubstr("begins or ends with a blank"));
}

TEST(EnvFile, NeverRepeatsAValue) {
  EXPECT_EQ(complaint("A='secret'x").find("secret"), std::string::npos);
  EXPECT_EQ(complaint("A=secret # x").find("secret"), std::string::npos);
}

}  // namespace
}  // namespace hythe
