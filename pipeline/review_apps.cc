// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review_apps.h"

#include <sysexits.h>

#include <algorithm>
#include <iostream>

#include "lib/creation_lock.h"
#include "lib/deployment.h"
#include "lib/errors.h"
#include "pipeline/creation.h"
#include "pipeline/removal.h"

namespace hythe {
namespace {

std::vector<App> all_review_apps() {
  std::vector<App> out;
  for (const AppName& name : App::all())
    if (App app = App::load(name); app.review) out.push_back(std::move(app));
  return out;
}

void refuse_too_many(const App& parent, const Config& config) {
  const std::uint64_t most = config.limits.with(parent.limits).review_apps;
  const auto there = review_apps_of(parent.name);
  if (there.size() < most) return;
  if (most == 0)
    throw PushError(concat("'", parent.name.view(), "' may have no review apps\n",
                           how_to_raise("review_apps")));
  std::string names;
  for (const App& app : there) names += concat(names.empty() ? "" : ", ", app.name.view());
  throw PushError(concat("'", parent.name.view(), "' has ", there.size(), " review apps, and ",
                         most, " is the most: ", names, "\nremove one: git push hythe :review/",
                         there.front().review->name, ", or ", how_to_raise("review_apps")));
}

}  // namespace

std::vector<App> review_apps_of(const AppName& parent) {
  std::vector<App> out = all_review_apps();
  std::erase_if(out, [&](const App& app) { return !(app.review->parent == parent); });
  return out;
}

std::optional<App> find_review_app(const AppName& parent, const std::string& name) {
  const AppName app_name = review_app_name(parent, name);
  if (!App::exists(app_name)) return std::nullopt;
  App app = App::load(app_name);
  if (!app.review || !(app.review->parent == parent))
    throw PushError(
        concat("'", app_name.view(), "' is an app, and no review app of '", parent.view(),
               "'\nchoose another name: git push hythe BRANCH:review/NAME"),
        EX_CANTCREAT);
  return app;
}

App ensure_review_app(const Review& review, const Config& config) {
  const UniqueFd lock = lock_creation();
  if (auto app = find_review_app(review.parent, review.name)) return std::move(*app);
  refuse_too_many(App::load(review.parent), config);
  App app{.name = review_app_name(review.parent, review.name), .review = review};
  app.review->created = unix_time();
  app.ref = review.ref();
  create_app(app, config);
  return app;
}

void remove_review_app(const App& app, const std::string& who) {
  const Cancellation never;
  const AppLock lock =
      AppLock::take(app.name, {.who = who, .doing = "destroy", .since = unix_time()}, never,
                    [](const LockHolder& holder) {
                      std::cerr << "waiting behind " << holder.describe() << '\n';
                    });
  remove_app(app, lock);
}

std::optional<Milliseconds> end_of_review(const App& app, const Config& config) {
  if (!App::exists(app.review->parent)) return Milliseconds(0);
  const App parent = App::load(app.review->parent);
  const Milliseconds lifetime = config.settings.with(parent.settings).review_lifetime;
  if (lifetime == Milliseconds(0)) return std::nullopt;
  Milliseconds last = app.review->created;
  for (const Deployment& newest : Deployment::newest(app.name, 1))
    last = std::max(last, newest.started);
  return last + lifetime;
}

std::vector<App> expired_review_apps(const Config& config) {
  std::vector<App> out = all_review_apps();
  std::erase_if(out, [&](const App& app) {
    const auto end = end_of_review(app, config);
    return !end || *end > unix_time() || AppLock::holder(app.name).has_value();
  });
  return out;
}

}  // namespace hythe
