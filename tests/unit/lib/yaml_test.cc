// SPDX-License-Identifier: Apache-2.0
#include "lib/yaml.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

TEST(Yaml, KeepsEveryTextExactly) {
  for (const std::string& text :
       {std::string("plain"), std::string("on"), std::string("1e3"),
        std::string("two\nlines\n"), std::string("it's a \"quoted\" \\ thing: # no comment"),
        std::string("trailing space "), std::string("tab\tand é ü 漢"),
        std::string("\xff\xfe bytes"), std::string("\x1b[2J"), std::string("cr\r\nlf"),
        std::string("\xef\xbb\xbf"
                    "bom"),
        std::string(" lead"), std::string("0"), std::string("~"), std::string("null"),
        std::string("\xc2\x85")}) {
    Yaml file;
    file.add("key", text);
    EXPECT_EQ(Yaml::parse(file.dump(), "test")["key"].text(), text);
  }
}

TEST(Yaml, KeepsFieldsAndItemsInTheirOrder) {
  const Yaml file = Yaml::parse("b: 1\na: [x, y]\n", "test");
  ASSERT_EQ(file.fields().size(), 2U);
  EXPECT_EQ(file.fields()[0].first, "b");
  ASSERT_EQ(file["a"].items().size(), 2U);
  EXPECT_EQ(file["a"].items()[1].text(), "y");
  EXPECT_FALSE(file.has("c"));
  EXPECT_EQ(file["c"].text(), "");
}

TEST(Yaml, RefusesWhatIsNotYamlWithFileAndLine) {
  try {
    (void)Yaml::parse("a: 1\nb: [", "some.yml");
    FAIL();
  } catch (const PushError& error) {
    EXPECT_NE(std::string(error.what()).find("'some.yml' line "), std::string::npos);
  }
  EXPECT_THROW((void)Yaml::parse("a: 1\na: 2\n", "x"), PushError);
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "[";
  EXPECT_THROW((void)Yaml::parse(deep + std::string(100, ']'), "x"), PushError);
}

}  // namespace
}  // namespace hythe
