// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review_apps.h"

#include <sysexits.h>

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "lib/errors.h"
#include "model/creation_lock.h"
#include "model/deployment.h"
#include "pipeline/creation.h"
#include "pipeline/removal.h"

namespace hythe {
namespace {

/// nullopt of one that is gone by now, or whose app.yml somebody has broken: that is its own
/// trouble, and no other app's.
std::optional<App> load_if_possible(const AppName& name) {
  try {
    return App::load(name);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

/// Those whose names begin so.
std::vector<App> review_apps_called(std::string_view beginning) {
  std::vector<App> out;
  for (const AppName& name : App::all()) {
    if (!name.view().starts_with(beginning)) continue;
    if (auto app = load_if_possible(name); app && app->review) out.push_back(std::move(*app));
  }
  return out;
}

bool is_busy(const AppName& app) {
  try {
    return AppLock::holder(app).has_value();
  } catch (const SystemError&) {
    return true;  // somebody has just removed it
  }
}

/// nullopt when it is gone.
std::optional<AppLock> take_lock(const AppName& app, const std::string& who,
                                 const Cancellation& cancellation) {
  try {
    return AppLock::take_aloud(app, who, "destroy", cancellation);
  } catch (const std::runtime_error&) {
    if (App::exists(app)) throw;
    return std::nullopt;
  }
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
                         most, " is the most: ", names, "\nremove one: hythe destroy ",
                         there.front().name.view(), " --confirm ", there.front().name.view(),
                         ", or ", how_to_raise("review_apps")));
}

}  // namespace

std::vector<App> review_apps_of(const AppName& parent) {
  std::vector<App> out = review_apps_called(concat(parent.view(), '-'));
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

bool remove_review_app(const AppName& name, const std::string& who,
                       const std::function<bool(const App&)>& is_to_go,
                       const Cancellation& cancellation) {
  const auto lock = take_lock(name, who, cancellation);
  if (!lock) return false;
  const App app = App::load(name);
  if (!app.review || !is_to_go(app)) return false;
  remove_app(app, *lock);
  return true;
}

void remove_request_apps(const AppName& parent, const std::string& who) {
  const auto is_of_request = [&parent](const App& app) {
    return app.review->parent == parent && app.review->request != 0;
  };
  for (const App& app : review_apps_of(parent))
    if (is_of_request(app) && remove_review_app(app.name, who, is_of_request))
      std::cout << "Destroyed " << app.name.view() << std::endl;
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

bool has_expired(const App& app, const Config& config) {
  const auto end = end_of_review(app, config);
  return end && *end <= unix_time();
}

std::vector<App> expired_review_apps(const Config& config) {
  std::vector<App> out = review_apps_called("");
  std::erase_if(out,
                [&](const App& app) { return !has_expired(app, config) || is_busy(app.name); });
  return out;
}

}  // namespace hythe
