// SPDX-License-Identifier: Apache-2.0
#include "model/aliases.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

using Variables = std::map<std::string, std::string>;

TEST(Aliases, HaveTheValueOfTheVariableThatTheyName) {
  EXPECT_EQ(resolve_aliases({{"DATABASE_URL", "$MONGO_URL"}, {"MONGO_URL", "mongodb://x"}}),
            (Variables{{"DATABASE_URL", "mongodb://x"}, {"MONGO_URL", "mongodb://x"}}));
}

TEST(Aliases, MayNameAliasesInAnyOrder) {
  EXPECT_EQ(resolve_aliases({{"A", "$C"}, {"B", "$A"}, {"C", "$1D"}, {"1D", "x"}}),
            (Variables{{"A", "x"}, {"B", "x"}, {"C", "x"}, {"1D", "x"}}));
}

TEST(Aliases, AreWholeValuesThatNameAVariableOfTheApp) {
  for (const char* value : {"", "$", "$$X", "$NONE", "$PORT", "${X}", "a$X", "$X ", "$X$X",
                            "$X/path", "\\$X", "$x"})
    EXPECT_EQ(resolve_aliases({{"A", value}, {"X", "x"}}).at("A"), value);
}

TEST(Aliases, ThatGoInACircleStayAsTheyAre) {
  const Variables circles = {{"A", "$B"}, {"B", "$C"}, {"C", "$A"}, {"SELF", "$SELF"}};
  EXPECT_EQ(resolve_aliases(circles), circles);
  EXPECT_EQ(resolve_aliases({{"INTO", "$A"}, {"A", "$B"}, {"B", "$A"}}).at("INTO"), "$A");
}

TEST(Aliases, AreRefusedWhereTheyWouldGoInACircle) {
  const Variables variables = {{"A", "$B"}, {"B", "$A"}, {"SELF", "$SELF"}, {"INTO", "$A"},
                               {"C", "$D"}, {"D", "x"},  {"LOST", "$NONE"}};
  for (const char* name : {"A", "B", "SELF", "INTO"})
    EXPECT_THROW(refuse_circle(name, variables), PushError) << name;
  for (const char* name : {"C", "D", "LOST", "NONE"})
    EXPECT_NO_THROW(refuse_circle(name, variables)) << name;
}

}  // namespace
}  // namespace hythe
