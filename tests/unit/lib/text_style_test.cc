// SPDX-License-Identifier: Apache-2.0
#include "lib/text_style.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TextStyle style(std::initializer_list<std::string_view> sequences) {
  TextStyle out;
  for (const std::string_view parameters : sequences) out.apply(parameters);
  return out;
}

/// As it is said after a plain text.
std::string said(std::initializer_list<std::string_view> sequences) {
  return TextStyle().change_to(style(sequences));
}

TEST(TextStyle, IsWhatItsSequencesMeanTogether) {
  struct Case {
    std::initializer_list<std::string_view> sequences;
    const char* said;
  };
  const Case cases[] = {
      {{}, ""},
      {{"31"}, "\033[31m"},
      {{"1;31"}, "\033[1;31m"},
      {{"31;1"}, "\033[1;31m"},
      {{"1", "31", "32"}, "\033[1;32m"},
      {{"97;100"}, "\033[97;100m"},
      {{"38;5;208;48;2;1;2;3"}, "\033[38;5;208;48;2;1;2;3m"},
      {{"01;031"}, "\033[1;31m"},
      // The form with colons.
      {{"38:5:208"}, "\033[38;5;208m"},
      {{"38:2::1:2:3"}, "\033[38;2;1;2;3m"},
      {{"38:2:1:2:3"}, "\033[38;2;1;2;3m"},
      {{"4:3"}, "\033[4m"},
      {{"4", "4:0"}, ""},
      // Ends.
      {{"1;31", ""}, ""},
      {{"1;31", "0"}, ""},
      {{"31;"}, ""},
      {{"1;31", "0;4"}, "\033[4m"},
      {{"1;2;31", "22"}, "\033[31m"},
      {{"3;4;5;7;9", "23;24;25;27;29"}, ""},
      {{"31;41", "39"}, "\033[41m"},
      {{"31;41", "49"}, "\033[31m"},
      // What is none changes nothing.
      {{"8"}, ""},
      {{"10;51;73;999;99999999999999999999"}, ""},
      {{"38;5;256"}, ""},
      {{"38;5"}, ""},
      {{"38;2;1;2"}, ""},
      {{"38"}, ""},
      {{"38;7;31"}, ""},
      {{"38:2::1:2:3:4:5:6"}, ""},
      {{":::"}, ""},
  };
  for (const Case& c : cases) EXPECT_EQ(said(c.sequences), c.said);
}

TEST(TextStyle, ChangesByOneSequence) {
  const TextStyle plain;
  EXPECT_EQ(style({"1;31"}).change_to(plain), "\033[0m");
  EXPECT_EQ(style({"1;31"}).change_to(style({"32"})), "\033[0;32m");
  EXPECT_EQ(style({"31"}).change_to(style({"31"})), "");
  EXPECT_EQ(plain.change_to(plain), "");
}

TEST(TextStyle, StaysShortWhateverComes) {
  TextStyle all;
  for (int round = 0; round < 1000; ++round)
    all.apply("1;2;3;4;5;7;9;38;2;255;255;255;48;2;255;255;255");
  EXPECT_LT(TextStyle().change_to(all).size(), 64U);
}

}  // namespace
}  // namespace hythe
