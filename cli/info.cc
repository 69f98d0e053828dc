// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <algorithm>
#include <iostream>

#include "cli/commands.h"
#include "cli/print_field.h"
#include "cli/remote.h"
#include "lib/errors.h"
#include "lib/net/domain_name.h"
#include "lib/units.h"
#include "model/app.h"
#include "model/app_lock.h"
#include "model/config.h"
#include "model/container/container_state.h"
#include "model/container/disk_usage.h"
#include "model/container/lanes.h"
#include "model/container/trees.h"
#include "model/deployment.h"
#include "model/forge/link.h"
#include "model/release.h"
#include "model/standing.h"
#include "pipeline/launch.h"
#include "pipeline/review_apps.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

std::string describe(const Release& release) {
  return concat(release.number, ", ", release.source(), ", ", format_size(release.size),
                ", built by ", describe(release.buildpacks));
}

/// Whether it does what it is there for.
std::string state_of(const App& app, const Release& release) {
  if (app.is_stopped) return "stopped";
  const auto live = live_lane(app.name);
  if (!live) return "does not run (hythe restore starts it)";
  const auto standing = Standing::of(app);
  std::string text =
      standing ? standing->describe() : concat("release ", app.release, " serves");
  const auto containers = ContainerState::of(app.name);
  const auto running = static_cast<std::size_t>(
      std::count_if(containers.begin(), containers.end(), [&](const ContainerState& container) {
        return container.lane == word(*live) && container.status == "running";
      }));
  const std::size_t wanted = formation(app, release).size();
  if (running < wanted) text += concat("; ", running, " of ", wanted, " containers run");
  return text;
}

std::string formation_of(const App& app, const Release& release) {
  std::string text;
  for (const auto& process : release.types)
    if (process.type != "postdeploy")
      text += concat(text.empty() ? "" : " ", process.type, '=', app.count(process.type));
  return text;
}

std::string words_of(const std::map<std::string, std::string>& settings) {
  std::string text;
  for (const auto& [key, value] : settings)
    text += concat(text.empty() ? "" : " ", key, '=', value);
  return text;
}

std::string names_of(const std::set<std::string>& variables) {
  std::string text;
  for (const std::string& name : variables) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string review_of(const App& app, const Config& config) {
  const Review& review = *app.review;
  std::string text(review.parent.view());
  if (review.request != 0) text += concat(", request ", review.request);
  const auto end = end_of_review(app, config);
  return text + (end ? concat(", until ", date_and_time(*end)) : "");
}

}  // namespace

int info(Arguments& arguments, const Caller&) {
  const App app = App::load(arguments.app());
  arguments.end();
  const Config config = Config::load();
  print_field("app", std::string(app.name.view()));
  if (const std::string url = addresses(app, config); !url.empty()) print_field("url", url);
  for (const std::string& domain : app.domains) print_field("domain", with_readable(domain));
  if (app.review) {
    print_field("review of", review_of(app, config));
    print_field("push", concat("git push hythe BRANCH:review/", app.review->name));
  } else {
    print_field("git", git_remote(app.name, config));
  }
  for (const App& review : review_apps_of(app.name))
    print_field("review app", review.name.c_str());
  if (const auto link = Link::load(app.name))
    print_field("linked", concat(link->address.url(), ", ", link->branch,
                                 link->is_automatic ? ", deployed when it is pushed" : ""));
  if (app.release == 0) {
    print_field("release", concat("none yet: git push hythe ",
                                  app.review ? "BRANCH:review/" + app.review->name : "main"));
  } else {
    const Release release = Release::load(app.name, app.release);
    print_field("release", describe(release));
    print_field("state", state_of(app, release));
    if (!app.ref.empty())
      print_field("branch", app.ref.substr(std::string_view("refs/heads/").size()));
    print_field("formation", formation_of(app, release));
    if (!release.jobs.empty())
      print_field("jobs", concat(release.jobs.size(), ": hythe cron ", app.name.view()));
    if (app.is_stopped) print_field("state", concat("stopped: hythe start ", app.name.view()));
  }
  print_field("stack", std::string(app.stack.view()));
  const DiskUsage disk = DiskUsage::of(app.name);
  print_field("disk",
              concat(Trees::of(app.name).releases.size(), " releases ",
                     format_size(disk.releases), ", build cache ", format_size(disk.cache)));
  print_field("variables", std::to_string(app.environment.size()));
  if (!app.settings.empty()) print_field("settings", words_of(app.settings));
  if (!app.waiting.empty())
    print_field("waiting",
                concat(names_of(app.waiting), ": what runs takes them over with the next ",
                       "deployment, of any kind"));
  for (const Deployment& last : Deployment::newest(app.name, 1))
    print_field("last",
                concat("deployment ", last.number, ", ", word(last.status), ", ", last.trigger,
                       " by ", last.who, ", ", date_and_time(last.started),
                       last.reason.empty() ? "" : ": " + last.reason));
  if (const auto holder = AppLock::holder(app.name)) print_field("now", holder->describe());
  return EX_OK;
}

}  // namespace hythe
