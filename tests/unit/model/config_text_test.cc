// SPDX-License-Identifier: Apache-2.0
#include "model/config_text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "lib/descriptors.h"
#include "model/config.h"

namespace hythe {
namespace {

TEST(ConfigText, TakesTheCommentAwayWhereTheKeyIsDocumented) {
  EXPECT_EQ(with_key("# What.\n#base_domain: example.org\n\nbuilds: 2\n", "base_domain", "a.b"),
            "# What.\nbase_domain: a.b\n\nbuilds: 2\n");
}

TEST(ConfigText, ReplacesWhatIsSetAndNotWhatIsDocumentedBeside) {
  EXPECT_EQ(with_key("#ssh_host: x\nssh_host: old\n", "ssh_host", "new"),
            "#ssh_host: x\nssh_host: new\n");
}

TEST(ConfigText, AddsALineWhereThereIsNone) {
  EXPECT_EQ(with_key("builds: 2", "base_domain", "a.b"), "builds: 2\nbase_domain: a.b\n");
  EXPECT_EQ(with_key("", "base_domain", "a.b"), "base_domain: a.b\n");
}

TEST(ConfigText, LeavesKeysOfSectionsAlone) {
  const char* text = "build:\n  base_domain: no\nbase_domains: no\n";
  EXPECT_EQ(with_key(text, "base_domain", "a.b"), std::string(text) + "base_domain: a.b\n");
}

TEST(ConfigText, OfThePackagesOwnFileIsUnderstood) {
  const std::string text = read_file("etc/hythe.yml");
  const Config config = Config::parse(
      with_key(with_key(text, "base_domain", "apps.example.org"), "ssh_host", "example.org"),
      "hythe.yml");
  EXPECT_EQ(config.base_domain, "apps.example.org");
  EXPECT_EQ(config.ssh_host, "example.org");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), [&] {
    const auto changed = with_key(text, "base_domain", "x.y");
    return std::count(changed.begin(), changed.end(), '\n');
  }());
}

}  // namespace
}  // namespace hythe
