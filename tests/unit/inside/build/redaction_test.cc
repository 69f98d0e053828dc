// SPDX-License-Identifier: Apache-2.0
#include "inside/build/redaction.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

const Variables kApp = {{"PASSWORD", "correct horse"},
                        {"SHORT", "8080"},
                        {"URL", "https://u:correct horse@x"},
                        {"KEY", "-----BEGIN\nit's secret\n"},
                        {"EMPTY", ""},
                        {"ODD", "ab'cde\"fghi\\jk"},
                        {"CONTROL", "abcdef\x7fhijklm"},
                        {"UMLAUT", "geheim-\xc3\xa4-passwort"}};

std::string redacted(std::string_view text, std::size_t size) {
  Redaction redaction(kApp);
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += size) redaction.feed(text.substr(i, size), out);
  redaction.finish(out);
  return out;
}

TEST(Redaction, PutsNamesInThePlaceOfValues) {
  const struct {
    const char* text;
    const char* redacted;
  } cases[] = {
      {"", ""},
      {"plain\n\nno newline", "plain\n\nno newline"},
      {"+ export 'PASSWORD=correct horse'\n", "+ export 'PASSWORD=[PASSWORD]'\n"},
      {"correct horsecorrect horse", "[PASSWORD][PASSWORD]"},
      {"correct hors\ne", "correct hors\ne"},
      // The longer one first, of which the other is a part.
      {"https://u:correct horse@x and https://u:", "[URL] and https://u:"},
      // As bash quotes it.
      {"+ KEY='-----BEGIN\nit'\\''s secret\n'", "+ KEY='[KEY]\nit'\\''[KEY]\n'"},
      {"$'-----BEGIN\\nit\\'s secret\\n'", "$'[KEY]\\nit\\'[KEY]\\n'"},
      {"+ x 'ab'\\''cde\"fghi\\jk' ab'cde\"fghi\\jk\n", "+ x '[ODD]' [ODD]\n"},
      {"$'abcdef\\177hijklm'\n", "$'[CONTROL]\\177[CONTROL]'\n"},
      {"$'geheim-\\303\\244-passwort' geheim-\xc3\xa4-passwort\n",
       "$'[UMLAUT]\\303\\244[UMLAUT]' [UMLAUT]\n"},
      {"port 8080\n", "port 8080\n"},
  };
  for (const auto& c : cases)
    for (const std::size_t size : {1U, 3U, 1000U})
      EXPECT_EQ(redacted(c.text, size), c.redacted) << size;
}

TEST(Redaction, LooksAtEndlessLinesInPieces) {
  const std::string text =
      std::string(65536 + 20, 'x') + "correct horse" + std::string(200000, 'x');
  const std::string expected =
      std::string(65536 + 20, 'x') + "[PASSWORD]" + std::string(200000, 'x');
  for (const std::size_t size : {7U, 16384U, 1000000U})
    EXPECT_EQ(redacted(text, size), expected) << size;
}

TEST(Redaction, IsForAppsThatWantATrace) {
  EXPECT_FALSE(is_traced(kApp));
  EXPECT_FALSE(is_traced({{"BUILDPACK_DEBUG", ""}}));
  for (const char* name : {"BUILDPACK_DEBUG", "BUILDPACK_XTRACE", "TRACE"})
    EXPECT_TRUE(is_traced({{name, "1"}})) << name;
}

}  // namespace
}  // namespace hythe::builder
