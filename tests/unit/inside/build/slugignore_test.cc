// SPDX-License-Identifier: Apache-2.0
#include "inside/build/slugignore.h"

#include <gtest/gtest.h>

#include "inside/build/text.h"

namespace hythe::builder {
namespace {

struct Example {
  const char* pattern;
  const char* path;
  bool matches;
};

TEST(SlugIgnore, MatchesFromTheRoot) {
  for (const Example& example : {
           Example{"/docs", "docs", true},
           Example{"docs", "docs", true},
           Example{"docs/", "docs", true},
           Example{"docs", "lib/docs", false},
           Example{"docs", "docs/a", false},  // removed with docs
           Example{"*.md", "a.md", true},
           Example{"*.md", "a/b.md", false},
           Example{"*", ".env", true},
           Example{"a/*/c", "a/b/c", true},
           Example{"a/*/c", "a/b/d/c", false},
           Example{"**/*.md", "a.md", true},
           Example{"**/*.md", "a/b/c.md", true},
           Example{"a/**/c", "a/c", true},
           Example{"a/**/c", "a/x/y/c", true},
           Example{"a/**", "a/x/y", true},
           Example{"a?[b-d]", "axc", true},
           Example{"a?[b-d]", "axe", false},
           Example{"\\*", "*", true},
           Example{"\\*", "a", false},
           Example{"/", "a", false},
       })
    EXPECT_EQ(SlugIgnore::parse(example.pattern).matches(example.path), example.matches)
        << example.pattern << " and " << example.path;
}

TEST(SlugIgnore, NeverTouchesHowTheAppStarts) {
  const SlugIgnore all = SlugIgnore::parse("*\n**/*");
  for (const char* path : {"Procfile", ".profile.d", ".profile.d/node.sh"})
    EXPECT_FALSE(all.matches(path)) << path;
  EXPECT_TRUE(all.matches("sub/Procfile"));
}

TEST(SlugIgnore, IsEmptyWithoutPatterns) {
  EXPECT_TRUE(SlugIgnore::parse("# a\n\r\n  \n//\n").empty());
  EXPECT_FALSE(SlugIgnore::parse("# a\n b \r\n").empty());
}

TEST(BuildpackList, IsReadAsWindowsWritesIt) {
  EXPECT_EQ(parse_lines("  a#b \r\n# c\n\n\td"), (std::vector<std::string>{"a#b", "d"}));
  EXPECT_TRUE(parse_lines("").empty());
}

}  // namespace
}  // namespace hythe::builder
