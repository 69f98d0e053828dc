// SPDX-License-Identifier: Apache-2.0
#include "pipeline/dry_run.h"

#include "core/paths.h"
#include "lib/complaint.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/helper.h"

namespace hythe {
namespace {

constexpr const char* kNothingDeployed = "this was a dry run: nothing was deployed";

std::string names_of(const Launched& launched) {
  std::string names;
  for (const Starting& container : launched.containers)
    names += (names.empty() ? "" : ", ") + container.place.name;
  return names.empty() ? "no containers" : names;
}

std::string what_serves(const AppName& app) {
  const App now = App::load(app);
  if (now.release == 0) return "in place of nothing: nothing was deployed yet";
  const Release release = Release::load(app, now.release);
  return concat("in place of release ", release.number, ", ", release.source());
}

/// How to mean it. A push is refused, since git would move the branch.
std::string way_on(const Order& order) {
  if (order.receive_pack)
    return concat("\ndeploy it: git push hythe ", order.ref.substr(order.ref.rfind('/') + 1));
  return concat("\ndeploy it: hythe deploy ", order.app.view(),
                order.archive ? " …, as before and without --dry-run" : "");
}

}  // namespace

Throwaway::~Throwaway() {
  if (release_ == nullptr) return;
  try {
    forget_release(release_->app, release_->number);
  } catch (const std::exception&) {
    // It serves nobody, and goes with the next garbage collection.
  }
}

void forget_release(const AppName& app, Number release) {
  const std::string name(app.view());
  // The tree first: one that no record tells of would be nobody's.
  call_helper(paths::kLaunchHelper, {"forget", name, std::to_string(release)});
  Release{.app = app, .number = release}.withdraw();
  call_helper(paths::kLaunchHelper, {"sweep", name});
}

void leave_out_what_runs_once(App& app) {
  for (const std::string& type : app.stop_first) app.formation[type] = 0;
}

void report_dry_run(const Order& order, const Release& release, const Launched& launched,
                    Progress& progress) {
  progress.record.release = 0;
  progress.finish(Status::aborted, kNothingDeployed);
  Console& console = progress.console;
  console.step("A deployment would serve");
  console.detail(concat(release.source(), ", built by ", describe(release.buildpacks), ", ",
                        format_size(release.size)));
  console.detail(concat(names_of(launched), ", which started and answered"));
  if (const std::string* command = release.command("postdeploy"))
    console.detail(concat("after postdeploy: ", printable(*command)));
  console.detail(what_serves(order.app));
  progress.print_phases();
  const std::string message = concat(kNothingDeployed, way_on(order));
  console.line(order.receive_pack ? as_complaint(message) : message);
}

}  // namespace hythe
