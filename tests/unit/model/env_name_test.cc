// SPDX-License-Identifier: Apache-2.0
#include "model/env_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/errors.h"

namespace hythe {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string refusal_of(const std::string& name, const std::string& value) {
  try {
    check_env_variable(name, value);
    return "accepted";
  } catch (const PushError& error) {
    return error.what();
  }
}

TEST(EnvName, IsALetterOrDigitThenLettersDigitsAndUnderscores) {
  for (const char* name : {"A", "a", "DATABASE_URL", "a1_B2", "LD_PRELOAD", "1A", "7"})
    EXPECT_TRUE(is_env_name(name)) << name;
  EXPECT_TRUE(is_env_name(std::string(kMaxEnvNameLength, 'A')));
  for (const char* name : {"", "A=B", "_A", "A-B", "A B", " A", "A ", "A\n", "\xC3\x89", "A.B",
                           "A/B", "BASH_FUNC_x%%"})
    EXPECT_FALSE(is_env_name(name)) << name;
  EXPECT_FALSE(is_env_name(std::string_view("A\0", 2)));
  EXPECT_FALSE(is_env_name(std::string(kMaxEnvNameLength + 1, 'A')));
}

TEST(EnvName, IsExportedUnlessItBeginsWithADigit) {
  for (const char* name : {"A", "a1"}) EXPECT_TRUE(is_exported_env_name(name)) << name;
  for (const char* name : {"1A", "7", "_A", "", "A-B"})
    EXPECT_FALSE(is_exported_env_name(name)) << name;
}

TEST(EnvVariable, MayNotBeOneThatThePlatformSets) {
  for (const char* name : {"PORT", "HOME", "USER", "HYTHE_X", "STACK", "APP", "CONTAINER",
                           "CONTAINER_VERSION", "SOURCE_VERSION"})
    EXPECT_THAT(refusal_of(name, "x"), HasSubstr("is reserved")) << name;
  for (const char* name :
       {"PATH", "LD_PRELOAD", "NODE_OPTIONS", "GIT_DIR", "APPS", "PORTS", "LANG"})
    EXPECT_EQ(refusal_of(name, "x"), "accepted") << name;
}

TEST(EnvVariable, HasAnyTextForAValue) {
  for (const char* value :
       {"", " ", "a\nb\r\n", "'\"\\", "$(id) `id` %s%n", "\033[31m", "\xC3\xA9", "a=b#c\\"})
    EXPECT_EQ(refusal_of("A", value), "accepted") << value;
  EXPECT_EQ(refusal_of("A", std::string(kMaxEnvValueLength, 'x')), "accepted");
}

TEST(EnvVariable, IsRefusedWithoutShowingItsValue) {
  const struct {
    const char* name;
    std::string value;
    const char* refusal;
  } cases[] = {
      {"A=B", "secret", "'A=B' is not a variable's name"},
      {"A\n", "secret", "'A\\n' is not a variable's name"},
      {"A", std::string("secret\0", 7), "has a NUL in it"},
      {"A", "secret\xFF", "is not UTF-8"},
      {"A", std::string(kMaxEnvValueLength, 's') + "ecret", "32773 bytes, more than 32768"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(refusal_of(c.name, c.value), HasSubstr(c.refusal));
    EXPECT_THAT(refusal_of(c.name, c.value), Not(HasSubstr("ecret")));
  }
}

}  // namespace
}  // namespace hythe
