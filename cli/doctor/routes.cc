// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/examine.h"
#include "core/helper_contract.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "model/helper.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

Finding describe(const AppName& app, const std::string& kind) {
  if (kind == kPortAnswer)
    return {.what = "its port does not lead to it: something has changed the kernel's tables",
            .cure = [app] { balance_port(app); }};
  return {.what = "nginx does not serve it as hythe has written",
          .cure = [] { call_helper(paths::kRouteHelper, {"sync"}); }};
}

}  // namespace

Findings examine_routes(const AppName& app) {
  Helper helper = Helper::start(paths::kRouteHelper, {"check", std::string(app.view())});
  helper.close_input();
  Answers answers;
  for (std::string bytes; read_some(helper.answers(), bytes); bytes.clear())
    answers.feed(bytes);
  Findings findings;
  while (const auto answer = answers.next()) findings.push_back(describe(app, answer->first));
  return findings;
}

}  // namespace hythe
