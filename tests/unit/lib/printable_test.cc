// SPDX-License-Identifier: Apache-2.0
#include "lib/printable.h"

#include <gtest/gtest.h>

#include <random>

namespace hythe {
namespace {

std::string filtered(std::string_view text, Colours colours = Colours::kept) {
  PrintableFilter filter(colours);
  std::string out;
  filter.feed(text, out);
  filter.finish(out);
  return out;
}

struct Case {
  std::string_view text;
  std::string_view shown;
};

using namespace std::string_view_literals;

constexpr Case kCases[] = {
    {"", ""},
    {"\n", "\n"},
    {"\n\na\n", "\n\na\n"},
    {"a\tb\n", "a\tb\n"},
    {"  indented  \n", "  indented  \n"},
    {"no newline", "no newline\n"},
    {"h\xC3\xA9 \xE2\x86\x92 \xF0\x9F\x9A\x80\n", "h\xC3\xA9 \xE2\x86\x92 \xF0\x9F\x9A\x80\n"},
    // Colours stay, until they are ended; each line's are its own.
    {"\033[1;31mred\033[0m\n", "\033[1;31mred\033[0m\n"},
    {"\033[38;5;208mred\033[mplain\n", "\033[38;5;208mred\033[0mplain\n"},
    {"\033[31mred\n\n  next\033[0m\nplain\n",
     "\033[31mred\033[0m\n\n\033[31m  next\033[0m\nplain\n"},
    {"\033[0;31mred\n", "\033[31mred\033[0m\n"},
    {"a\033[31m", "a\n"},
    {"\033[32mok\033[39m, \033[32mok\033[39m\n", "\033[32mok\033[0m, \033[32mok\033[0m\n"},
    {"\033[1m\033[31ma\033[22mb\033[0m\n", "\033[1;31ma\033[0;31mb\033[0m\n"},
    {"\033[31mold\rnew\n", "\033[31mnew\033[0m\n"},
    {"old\r\033[31m\033[1mnew\n", "\033[1;31mnew\033[0m\n"},
    {"whole\r\033[0m\n", "whole\n"},
    {"\xC3\033[31ma\n", "\\xc3\033[31ma\033[0m\n"},
    // Other escape sequences go.
    {"\033[?31ma\033[8mb\033[ 31mc\033[3\0071md\033[1;>2me\n", "abcde\n"},
    {"\033[1111111111111111111111111111111111111111111111111ma\n", "a\n"},
    {"\033[31;2Ja\033[31~b\033[31Hc\n", "abc\n"},
    {"\033[2K\033[1Ga\033[?25l\n", "a\n"},
    {"\033]0;title\007a\n", "a\n"},
    {"\033]8;;http://x\033\\link\033]8;;\033\\\n", "link\n"},
    {"\033P1;2|data\033\\a\033_x\033\\b\033^y\033\\c\n", "abc\n"},
    {"\033(Ba\033cb\033=c\033#8d\n", "abcd\n"},
    {"\033\033[31ma\n", "\033[31ma\033[0m\n"},
    {"\033]0;x\033[31ma\n", "\033[31ma\033[0m\n"},
    {"\033[31\030a\033]0;\032b\n", "ab\n"},
    // A newline ends the most hostile of them.
    {"\033]0;never ended\nnext\n", "\nnext\n"},
    {"\033[31\nnext\n", "\nnext\n"},
    {"a\033\nnext\n", "a\nnext\n"},
    {"a\033", "a\n"},
    // The rest is shown.
    {"a\007b\010c\0d\177e\n"sv, "a\\x07b\\x08c\\x00d\\x7fe\n"},
    {"\xC2\x9B"
     "31ma\xC2\x85\n",
     "\\xc2\\x9b31ma\\xc2\\x85\n"},
    {"\xE2\x80\xAE"
     "evil\xE2\x81\xA6\xE2\x80\xA8\n",
     "\\xe2\\x80\\xaeevil\\xe2\\x81\\xa6\\xe2\\x80\\xa8\n"},
    {"\xFF\xFE\x80\n", "\\xff\\xfe\\x80\n"},
    {"\xC3\n", "\\xc3\n"},
    {"\xC3(\n", "\\xc3(\n"},
    {"\xE2\x86", "\\xe2\\x86\n"},
    {"\xE2\x86\xC3\xA9\n", "\\xe2\\x86\xC3\xA9\n"},
    {"\xC0\xAF\xE0\x80\xAF\xED\xA0\x80\xF4\x90\x80\x80\n",
     "\\xc0\\xaf\\xe0\\x80\\xaf\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80\n"},
    // Carriage returns.
    {"a\r\nb\r\n", "a\nb\n"},
    {" 10%\r 50%\r100%\n", "100%\n"},
    {"100%\r\r\n", "100%\n"},
    {"\ra\n", "a\n"},
    {"long line\rb", "b\n"},
    {"a\033[\rb\n", "b\n"},
};

TEST(PrintableFilter, LeavesTextAndShowsOrDropsTheRest) {
  for (const Case& c : kCases) EXPECT_EQ(filtered(c.text), c.shown) << printable(c.text);
}

TEST(PrintableFilter, DropsColoursWhereNobodyCanSeeThem) {
  EXPECT_EQ(filtered("\033[1;31mred\033[0m\n\033[32m", Colours::dropped), "red\n");
}

TEST(PrintableFilter, EndsAColourThoughItsEndIsBeyondTheLine) {
  const std::string text(PrintableFilter::kMaxLine - 5, 'x');
  const std::string shown = filtered("\033[31m" + text + "\033[32mmore\033[0m\nplain\n");
  EXPECT_TRUE(shown.starts_with("\033[31mxxx"));
  EXPECT_TRUE(shown.ends_with("x\033[0m… (4 more bytes)\nplain\n")) << shown;
}

TEST(PrintableFilter, DoesNotCareWhereChunksEnd) {
  for (const Case& c : kCases)
    for (std::size_t size = 1; size <= 3; ++size) {
      PrintableFilter filter;
      std::string out;
      for (std::size_t i = 0; i < c.text.size(); i += size)
        filter.feed(c.text.substr(i, size), out);
      filter.finish(out);
      EXPECT_EQ(out, c.shown) << printable(c.text) << " in chunks of " << size;
    }
}

TEST(PrintableFilter, EmitsWholeLinesAsSoonAsTheyAreWhole) {
  PrintableFilter filter;
  std::string out;
  filter.feed("one\ntw", out);
  EXPECT_EQ(out, "one\n");
  filter.feed("o\n", out);
  EXPECT_EQ(out, "one\ntwo\n");
}

/// Pieces as they are given out, '|' between them.
std::string in_pieces(std::initializer_list<std::string_view> chunks) {
  PrintableFilter filter;
  std::string out;
  for (const std::string_view chunk : chunks) {
    filter.feed(chunk, out);
    filter.show_unfinished(out);
    out += '|';
  }
  filter.finish(out);
  return out;
}

TEST(PrintableFilter, ShowsALineThatIsNotFinishedWhenAskedTo) {
  EXPECT_EQ(in_pieces({".", ".", "\n", "next"}), ".|.|\n|next|\n");
  EXPECT_EQ(in_pieces({"\033[31m.", ".", "\033[0m\n."}),
            "\033[31m.\033[0m|\033[31m.\033[0m|\n.|\n");
  EXPECT_EQ(in_pieces({"h\xC3", "\xA9\n"}), "h|\xC3\xA9\n|");
  EXPECT_EQ(in_pieces({"\033[31m", "\033]0;", "x\n", "\033[0m"}), "||\n||");
  EXPECT_EQ(in_pieces({"a", "\r\n", "b\n"}), "a|\n|b\n|");
}

TEST(PrintableFilter, ShowsNotEveryStateOfAProgressBar) {
  EXPECT_EQ(in_pieces({" 10%", "\r 50%", "\r 60%", "\r100%\n", "next\n"}),
            " 10%|||\n100%\n|next\n|");
  EXPECT_EQ(in_pieces({" 10%\r", " 50%\r", "100%\n"}), "||100%\n|");
  EXPECT_EQ(in_pieces({"a", "\rb"}), "a||\nb\n");
}

TEST(PrintableFilter, CutsAnEndlessLineThatIsShownBitByBit) {
  PrintableFilter filter;
  std::string out;
  for (std::size_t i = 0; i < PrintableFilter::kMaxLine + 3; ++i) {
    filter.feed("x", out);
    filter.show_unfinished(out);
  }
  filter.finish(out);
  EXPECT_EQ(out, std::string(PrintableFilter::kMaxLine, 'x') + "… (3 more bytes)\n");
}

TEST(PrintableFilter, CutsAnEndlessLineAndGoesOnAfterIt) {
  PrintableFilter filter;
  std::string out;
  const std::string chunk(1000, 'x');
  for (int i = 0; i < 1000; ++i) filter.feed(chunk, out);
  filter.feed("\nnext\n", out);
  EXPECT_EQ(out, std::string(PrintableFilter::kMaxLine, 'x') + "… (" +
                     std::to_string(1000000 - PrintableFilter::kMaxLine) +
                     " more bytes)\nnext\n");
}

/// Whether a piece could be shown to anybody: text, tabs, newlines, and colours that are over
/// where it ends.
bool is_harmless(std::string_view piece) {
  bool is_plain = true;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const auto c = static_cast<unsigned char>(piece[i]);
    if (c == '\n' && !is_plain) return false;
    if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F)) continue;
    if (!piece.substr(i).starts_with("\033[")) return false;
    const auto end = piece.find_first_not_of("0123456789;", i + 2);
    if (end == piece.npos || piece[end] != 'm') return false;
    is_plain = piece.substr(i + 2, end - i - 2) == "0";
    i = end;
  }
  return is_plain && is_utf8(piece);
}

TEST(PrintableFilter, GivesOutNothingHarmfulWhateverComes) {
  constexpr std::string_view kParts[] = {
      "\033",  "[",  "]",    "m",    ";",    ":",    "0",    "1",        "31",   "38;5;",
      "48;2;", "?",  "\r",   "\n",   "\007", "\x9B", "\xC2", "\xC2\x9B", "\xE2", "\x80",
      "\xAE",  "\t", "\030", "text", " ",    "K",    "P",    "\\",       "\177", "\033[1;32m"};
  std::mt19937 random(4711);  // the same at each run
  for (int round = 0; round < 500; ++round) {
    PrintableFilter filter;
    for (int chunk = 0; chunk < 30; ++chunk) {
      std::string bytes;
      std::string out;
      for (auto parts = random() % 12; parts > 0; --parts)
        bytes += kParts[random() % std::size(kParts)];
      filter.feed(bytes, out);
      if (random() % 3 == 0) filter.show_unfinished(out);
      if (random() % 9 == 0) filter.finish(out);
      ASSERT_TRUE(is_harmless(out)) << printable(bytes) << " became " << printable(out);
    }
  }
}

TEST(PrintableFilter, IsAsNewAfterTheEnd) {
  PrintableFilter filter;
  std::string out;
  filter.feed("\033[31ma\033]0;", out);
  filter.finish(out);
  filter.feed("b\n", out);
  EXPECT_EQ(out, "\033[31ma\033[0m\nb\n");
}

TEST(Printable, ShowsEverythingInOneLine) {
  const Case cases[] = {
      {"", ""},
      {"plain \xC3\xA9", "plain \xC3\xA9"},
      {"a\nb\tc\r", "a\\nb\\tc\\r"},
      {"\033[31m\0\177"sv, "\\x1b[31m\\x00\\x7f"},
      {"\xFF\xC3", "\\xff\\xc3"},
      {"\xC2\x9B\xE2\x80\xAE", "\\xc2\\x9b\\xe2\\x80\\xae"},
  };
  for (const Case& c : cases) EXPECT_EQ(printable(c.text), c.shown);
  EXPECT_EQ(printable("abcdef", 3), "abc…");
  EXPECT_EQ(printable("abc", 3), "abc");
  EXPECT_EQ(printable("ab\xC3\xA9", 3), "ab…");
}

TEST(IsUtf8, KnowsWhatIs) {
  for (const char* text : {"", "a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x9A\x80", "a\nb\033"})
    EXPECT_TRUE(is_utf8(text)) << printable(text);
  for (const char* text : {"\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "a\xFF"})
    EXPECT_FALSE(is_utf8(text)) << printable(text);
}

}  // namespace
}  // namespace hythe
