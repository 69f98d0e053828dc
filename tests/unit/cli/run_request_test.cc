// SPDX-License-Identifier: Apache-2.0
#include "cli/run_request.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

using Words = std::vector<std::string>;

RunRequest parse(Words words) {
  Arguments arguments(std::move(words), "hythe run …");
  return RunRequest::parse(arguments);
}

int code_of(Words words) {
  try {
    (void)parse(std::move(words));
  } catch (const PushError& error) {
    return error.exit_code();
  }
  return 0;
}

TEST(RunRequest, TakesOptionsBeforeTheCommandOnly) {
  const RunRequest request =
      parse({"--detach", "shop", "--size", "L", "--env", "A=b=c", "--env", "B=", "--timeout",
             "1h", "rails", "--env", "production", "--", "-x"});
  EXPECT_EQ(request.app.view(), "shop");
  EXPECT_TRUE(request.options.is_detached);
  EXPECT_EQ(request.options.size, "L");
  EXPECT_EQ(request.options.environment,
            (std::map<std::string, std::string>{{"A", "b=c"}, {"B", ""}}));
  EXPECT_EQ(request.options.timeout, std::chrono::hours(1));
  EXPECT_EQ(request.command, (Words{"rails", "--env", "production", "--", "-x"}));
}

TEST(RunRequest, HasACommandThatLooksLikeAnOptionBehindTwoDashes) {
  EXPECT_EQ(parse({"shop", "--", "--detach"}).command, Words{"--detach"});
  EXPECT_FALSE(parse({"shop", "--", "--detach"}).options.is_detached);
}

TEST(RunRequest, StopsInsteadOfRunning) {
  EXPECT_EQ(parse({"shop", "--stop", "run.2"}).options.stop->view(), "run.2");
  EXPECT_EQ(code_of({"shop", "--stop", "run.2", "ls"}), EX_USAGE);
  for (const char* name : {"web.1", "run", "run.0", "run.29", "run.02", ""})
    EXPECT_EQ(code_of({"shop", "--stop", name}), EX_USAGE) << name;
}

TEST(RunRequest, RefusesWhatIsTypedOtherwise) {
  const std::vector<Words> refused = {{},
                                      {"--detach"},
                                      {"shop"},
                                      {"shop", "--"},
                                      {"shop", "--detach"},
                                      {"shop", "--size"},
                                      {"shop", "--env", "A", "ls"},
                                      {"shop", "--timeout", "10ms", "ls"},
                                      {"shop", "--timeout", "1500ms", "ls"},
                                      {"shop", "--timeout", "0s", "ls"},
                                      {"shop", "-x", "ls"},
                                      {"Shop", "ls"}};
  for (const Words& words : refused) EXPECT_EQ(code_of(words), EX_USAGE) << words.size();
  for (const char* variable : {"PORT=1", "HOME=/", "=x", "A-B=x"})
    EXPECT_NE(code_of({"shop", "--env", variable, "ls"}), 0) << variable;
}

}  // namespace
}  // namespace hythe
