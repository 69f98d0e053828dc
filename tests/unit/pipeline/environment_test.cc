// SPDX-License-Identifier: Apache-2.0
#include "pipeline/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hythe {
namespace {

using testing::Contains;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> environment_of(const std::map<std::string, std::string>& variables,
                                        const Config& config = {}) {
  const AppName shop = *AppName::parse("shop");
  return container_command({.name = shop, .environment = variables}, {.app = shop, .number = 1},
                           "web.1", "true", 5000, config)
      .environment;
}

TEST(ContainerEnvironment, HasTheValuesOfAliases) {
  EXPECT_THAT(environment_of({{"DATABASE_URL", "$X_URL"}, {"X_URL", "x://"}}),
              Contains("DATABASE_URL=x://"));
}

TEST(ContainerEnvironment, HasNoNameThatNoShellExports) {
  EXPECT_THAT(environment_of({{"1A", "x"}}), Not(Contains(StartsWith("1A"))));
}

TEST(ContainerEnvironment, SaysHowMuchMemoryThereIsUnlessTheAppDoes) {
  Config config;
  config.container.size = "S";
  EXPECT_THAT(environment_of({}, config), Contains("MEMORY_AVAILABLE=256"));
  EXPECT_THAT(environment_of({{"MEMORY_AVAILABLE", "1"}}, config),
              Contains("MEMORY_AVAILABLE=1"));
}

}  // namespace
}  // namespace hythe
