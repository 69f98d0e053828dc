// SPDX-License-Identifier: Apache-2.0
#include "model/standing.h"

#include "lib/errors.h"
#include "lib/git/git_repository.h"
#include "model/release.h"
#include "model/serving_history.h"

namespace hythe {
namespace {

std::optional<Oid> branch_beside(const App& app, const std::optional<Release>& release) {
  if (app.ref.empty()) return std::nullopt;
  const auto tip = GitRepository::open(App::repository(app.name)).read_ref(app.ref);
  return tip && release && tip->text() != release->commit ? tip : std::nullopt;
}

Standing stand(const App& app, Number number, Number rolled_back_from) {
  const auto release = Release::find(app.name, number);
  return {.release = number,
          .rolled_back_from = rolled_back_from,
          .archive = release ? release->archive : std::nullopt,
          .branch = branch_beside(app, release)};
}

}  // namespace

std::optional<Standing> Standing::of(const App& app) {
  if (app.release == 0) return std::nullopt;
  Standing standing =
      stand(app, app.release, ServingHistory::of(app.name).rolled_back_from(app.release));
  if (standing.rolled_back_from == 0 && !standing.archive) return std::nullopt;
  return standing;
}

Standing Standing::after_rollback(const App& app, Number release) {
  return stand(app, release, app.release);
}

Standing Standing::after_archive(const App& app, Number release) {
  return stand(app, release, 0);
}

std::string Standing::describe() const {
  std::string why = archive ? concat("archive ", archive->short_version()) : "";
  if (rolled_back_from != 0)
    why += concat(why.empty() ? "" : ", ", "rolled back from ", rolled_back_from);
  std::string text = concat("release ", release, " serves (", why, ')');
  if (branch)
    text += concat("; the branch is at ", branch->short_text(), ", which does not serve");
  return text;
}

}  // namespace hythe
