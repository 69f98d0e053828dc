// SPDX-License-Identifier: Apache-2.0
#include "lib/standing.h"

#include "lib/errors.h"
#include "lib/git_repository.h"
#include "lib/release.h"
#include "lib/serving_history.h"

namespace hythe {
namespace {

std::optional<Oid> branch_beside(const App& app, Number release) {
  if (app.ref.empty()) return std::nullopt;
  const auto tip = GitRepository::open(App::repository(app.name)).read_ref(app.ref);
  const auto record = Release::find(app.name, release);
  return tip && record && tip->text() != record->commit ? tip : std::nullopt;
}

}  // namespace

std::optional<Standing> Standing::of(const App& app) {
  const Number from = ServingHistory::of(app.name).rolled_back_from(app.release);
  if (from == 0) return std::nullopt;
  return Standing{.release = app.release,
                  .rolled_back_from = from,
                  .branch = branch_beside(app, app.release)};
}

Standing Standing::after_rollback(const App& app, Number release) {
  return {.release = release,
          .rolled_back_from = app.release,
          .branch = branch_beside(app, release)};
}

std::string Standing::describe() const {
  std::string text =
      concat("release ", release, " serves (rolled back from ", rolled_back_from, ')');
  if (branch)
    text += concat("; the branch is at ", branch->short_text(), ", which does not serve");
  return text;
}

}  // namespace hythe
