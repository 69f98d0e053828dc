// SPDX-License-Identifier: Apache-2.0
#include "model/used_buildpack.h"

#include <gtest/gtest.h>

#include "lib/yaml.h"

namespace hythe {
namespace {

TEST(UsedBuildpacks, SurviveAFile) {
  const UsedBuildpacks used = {{.name = "nodejs", .language = "Node.js"},
                               {.name = "x",
                                .url = "https://example.org/x#v1",
                                .version = "0123456789012345678901234567890123456789",
                                .language = "X: y # z",
                                .report = "a: 1\nb: \"2\"\n"}};
  Yaml file;
  file.add("buildpacks", to_yaml(used));
  const auto again = used_buildpacks(Yaml::parse(file.dump(), "test")["buildpacks"]);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[1].url, used[1].url);
  EXPECT_EQ(again[1].version, used[1].version);
  EXPECT_EQ(again[1].language, used[1].language);
  EXPECT_EQ(again[1].report, used[1].report);
  EXPECT_EQ(describe(again), "nodejs, https://example.org/x#v1 (0123456)");
}

}  // namespace
}  // namespace hythe
