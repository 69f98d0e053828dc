// SPDX-License-Identifier: Apache-2.0
#include "lib/words.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

using Words = std::vector<std::string>;

TEST(SplitWords, FollowsTheShellsQuotesAndExpandsNothing) {
  const struct {
    const char* command;
    Words words;
  } cases[] = {
      {"", {}},
      {"  \t ", {}},
      {"git-receive-pack 'shop.git'", {"git-receive-pack", "shop.git"}},
      {"git-upload-pack '/it'\\''s'", {"git-upload-pack", "/it's"}},
      {"git-upload-pack 'wow'\\!'.git'", {"git-upload-pack", "wow!.git"}},
      {"  a \t b  ", {"a", "b"}},
      {"a '' \"\" b", {"a", "", "", "b"}},
      {"a'b'\"c\"\\d", {"abcd"}},
      {"\"a b\"\\ c", {"a b c"}},
      {R"("a\"b\\c\$d\`e\f")", {R"(a"b\c$d`e\f)"}},
      {R"('a\b')", {R"(a\b)"}},
      {"\"a\nb\" 'c\nd'", {"a\nb", "c\nd"}},
      {"\"a\\\nb\"", {"ab"}},
      {"$HOME `id` $(id) * ? ~ {a,b} # x",
       {"$HOME", "`id`", "$(id)", "*", "?", "~", "{a,b}", "#", "x"}},
      {"a;b|c&d>e<f", {"a;b|c&d>e<f"}},
      {"\xC3\xA9\r", {"\xC3\xA9\r"}},
  };
  for (const auto& c : cases) EXPECT_EQ(split_words(c.command), c.words) << c.command;
}

TEST(SplitWords, RefusesWhatAShellWouldNotTakeAsOneCommand) {
  const std::string cases[] = {"'",
                               "a 'b",
                               "\"",
                               "\"a\\\"",
                               "\\",
                               "a\\",
                               "a\nb",
                               "a\n",
                               "\n",
                               "a\\\nb",
                               "'a'\n",
                               std::string("a\0b", 3),
                               std::string("'\0'", 3)};
  for (const std::string& command : cases) EXPECT_FALSE(split_words(command)) << command;
}

TEST(SplitWords, IsBounded) {
  EXPECT_TRUE(split_words(std::string(kMaxCommandLength, 'a')));
  EXPECT_FALSE(split_words(std::string(kMaxCommandLength + 1, 'a')));
  std::string words;
  for (std::size_t i = 0; i < kMaxCommandWords; ++i) words += "a ";
  EXPECT_EQ(split_words(words)->size(), kMaxCommandWords);
  EXPECT_FALSE(split_words(words + "a"));
}

TEST(QuoteWord, IsReadBackAsTheSameWord) {
  for (const std::string word : {"", "a", "a b", "it's", "'", "''", "\"", "\\", "$x", "`", "!",
                                 "~", "*", "a\nb", "\t", "\xC3\xA9", "-x", "a=b", "#"})
    EXPECT_EQ(split_words(quote_word(word)), Words{word}) << quote_word(word);
}

TEST(QuoteWord, LeavesPlainWordsAlone) {
  EXPECT_EQ(quote_word("/srv/app.js"), "/srv/app.js");
  EXPECT_EQ(quote_word("A=b,c:1@x+%"), "A=b,c:1@x+%");
  EXPECT_EQ(quote_word("it's"), "'it'\\''s'");
}

}  // namespace
}  // namespace hythe
