// SPDX-License-Identifier: Apache-2.0
#include "pipeline/rollback.h"

#include "lib/errors.h"
#include "model/container/trees.h"
#include "model/release.h"
#include "model/serving_history.h"

namespace hythe {
namespace {

std::string way_to_build(const App& app, const Release& release) {
  if (release.archive)
    return concat("\nbuild and serve ", release.source(), " again: hythe deploy ",
                  app.name.view(), " FILE");
  return concat("\nbuild and serve its commit: git push --force hythe ",
                release.commit.substr(0, 7), ':', app.ref.substr(app.ref.rfind('/') + 1));
}

}  // namespace

Number rollback_target(const App& app) {
  app.require_deployed();
  const Number before = ServingHistory::of(app.name).before(app.release);
  if (before != 0) return before;
  throw PushError(concat("no release of '", app.name.view(), "' has served before release ",
                         app.release, "\nwhat there is: hythe releases ", app.name.view()),
                  EX_NOINPUT);
}

void require_rollback_target(const App& app, Number number) {
  app.require_deployed();
  const Release release = Release::load(app.name, number);
  if (number == app.release)
    throw PushError(concat("release ", number, " of '", app.name.view(), "' serves already",
                           "\nthe others: hythe releases ", app.name.view()));
  // One that failed was never seen to work, and its postdeploy has perhaps never run.
  if (!ServingHistory::of(app.name).has_served(number))
    throw PushError(concat("release ", number, " of '", app.name.view(),
                           "' has never served: its deployment failed",
                           way_to_build(app, release)));
  if (!Trees::of(app.name).releases.contains(number))
    throw PushError(concat("release ", number, " of '", app.name.view(),
                           "' was removed from the disk: only the newest are kept",
                           way_to_build(app, release)),
                    EX_NOINPUT);
}

}  // namespace hythe
