// SPDX-License-Identifier: Apache-2.0
#include "pipeline/retire.h"

#include "tests/stage/world.h"

namespace hythe {
namespace {

using RetireStage = test::Stage;
using Words = std::vector<std::string>;

TEST_F(RetireStage, AsksForEveryLaneThatHasContainersAndIsNotLive) {
  config.settings.drain = std::chrono::seconds(3);
  make_live(Lane::b);
  for (const Lane lane : {Lane::a, Lane::b, Lane::one_off}) make_container(lane);
  retire_all_but_live(shop, config);
  EXPECT_EQ(calls(), Words{"launch retire shop a 3000"});
}

TEST_F(RetireStage, AsksOnceMoreWhenTheHelperWasKilled) {
  make_live(Lane::b);
  make_container(Lane::a);
  launch_does("[ -e /run/hythe/again ] || { : >/run/hythe/again; kill -9 $$; }");
  retire_all_but_live(shop, config);
  EXPECT_EQ(calls(), (Words{"launch retire shop a 250", "launch retire shop a 250"}));
}

TEST_F(RetireStage, DoesNotInsistOnWhatRootRefuses) {
  make_live(Lane::b);
  make_container(Lane::a);
  launch_does("echo 'no' >&2; exit 71");
  EXPECT_EQ(test::message_of<PushError>([&] { retire_all_but_live(shop, config); }), "no");
  EXPECT_EQ(calls().size(), 1U);
}

}  // namespace
}  // namespace hythe
