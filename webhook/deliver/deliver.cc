// SPDX-License-Identifier: Apache-2.0
#include "webhook/deliver/deliver.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sysexits.h>

#include <algorithm>
#include <iostream>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/git/git_repository.h"
#include "lib/process/child.h"
#include "model/app.h"
#include "model/config.h"
#include "model/forge/change_request.h"
#include "model/forge/delivery_queue.h"
#include "model/forge/link.h"
#include "model/forge/review_branches.h"
#include "model/release.h"
#include "pipeline/fetch.h"
#include "pipeline/review_apps.h"
#include "pipeline/trigger.h"

namespace hythe {
namespace {

constexpr std::uint64_t kMostAttempts = 3;  // of a delivery at which somebody died
constexpr int kRetries = 3;                 // of a forge that cannot be reached
constexpr Milliseconds kFirstPause = std::chrono::seconds(10);

void log(const AppName& app, const std::string& what) {
  std::clog << concat(app.view(), ": ", what, '\n');
}

std::string describe(const Delivery& delivery) {
  const std::string commit = delivery.commit.substr(0, 7);
  std::string text = delivery.request == 0
                         ? concat("push of ", commit, " to ", delivery.branch)
                         : concat("request ", delivery.request, " at ", commit);
  if (delivery.count > 1) text += concat(" (the newest of ", delivery.count, ')');
  return text;
}

/// What was pushed is what serves already: the deployment before has fetched it.
bool serves_already(const App& app, const Delivery& delivery) {
  if (app.release == 0 || app.ref.empty()) return false;
  const auto tip = GitRepository::open(App::repository(app.name)).read_ref(app.ref);
  const auto release = Release::find(app.name, app.release);
  return tip && release && tip->text() == delivery.commit && release->commit == delivery.commit;
}

/// hythe-forge asks until the forge has decided. Whether that was for it, and for nothing
/// newer.
bool is_approved(const AppName& app, const Delivery& delivery) {
  Child forge =
      Child::start({.argv = {paths::kForgeClient, "ci", app.c_str(), delivery.commit}});
  constexpr int kLookAgainMs = 1000;
  for (;;) {
    const auto status = forge.wait_for(kLookAgainMs);
    if (status && !status->is_success())
      log(app,
          concat("not deployed: CI was not successful for ", delivery.commit.substr(0, 7)));
    if (status) return status->is_success();
    if (!DeliveryQueue::has_waiting(app)) continue;
    forge.signal(SIGTERM);
    (void)forge.wait();
    log(app, "a newer push came while CI was at work");
    return false;
  }
}

Order order_of(const App& app, const Link& link, const Delivery& delivery) {
  Order order = order_linked(app, link);
  order.who = word(link.forge);
  // What CI has approved, and nothing that was pushed since.
  if (link.waits_for_ci) order.wanted_commit = delivery.commit;
  order.trigger = "webhook";
  return order;
}

/// Until it is time, or until something newer waits. False in that case.
bool pause(const AppName& app, Milliseconds length) {
  constexpr int kLookAgainMs = 500;
  for (const Deadline deadline(length); !deadline.has_passed();) {
    if (DeliveryQueue::has_waiting(app)) return false;
    ::poll(nullptr, 0, std::min(kLookAgainMs, deadline.left_ms()));
  }
  return true;
}

void deploy_delivery(const App& app, const Link& link, const Delivery& delivery) {
  const UniqueFd nobody = open_file("/dev/null", O_WRONLY | O_CLOEXEC);  // it has a log
  Milliseconds wait = kFirstPause;
  for (int i = 0; i <= kRetries; ++i, wait *= 3) {
    const int code =
        trigger(order_of(app, link, delivery), Config::load(), {.out_fd = nobody.get()});
    log(app.name, concat(describe(delivery),
                         code == EX_OK ? " serves" : concat(" was not deployed (", code, ')')));
    if (code != EX_UNAVAILABLE || i == kRetries || !pause(app.name, wait)) return;
  }
}

void deploy_if_approved(const App& app, const Link& link, const Delivery& delivery) {
  if (serves_already(app, delivery))
    return log(app.name, describe(delivery) + " serves already");
  log(app.name, describe(delivery));
  if (link.waits_for_ci && !is_approved(app.name, delivery)) return;
  deploy_delivery(app, link, delivery);
}

void deal_with_push(const AppName& name, const Delivery& delivery) {
  if (!App::exists(name)) return log(name, "there is no such app any more");
  const auto link = Link::load(name);
  if (!link || !link->is_automatic || link->branch != delivery.branch)
    return log(name, "is not linked to that any more");
  deploy_if_approved(App::load(name), *link, delivery);
}

void end_review(const AppName& parent, const std::string& name, std::uint64_t request) {
  const auto app = find_review_app(parent, name);
  // By now it may be open again.
  const auto is_over = [&](const App& now) {
    return now.review->request == request && !ChangeRequest::find(parent, request);
  };
  if (!app || !remove_review_app(app->name, "hythe-deliver", is_over)) return;
  prune_review_branches(parent);
  log(app->name, "its request was closed: destroyed");
}

/// At the forge, where whoever opened the request looks for it.
void tell_of_refusal(const Link& link, const AppName& parent, const AppName& review,
                     const std::string& commit) {
  if (link.token.empty()) return;
  (void)Child::start(
      {.argv = {paths::kForgeClient, "refuse", parent.c_str(), review.c_str(), commit}});
}

App ensure_app_of_request(const Link& link, const Review& review, const std::string& commit) {
  try {
    return ensure_review_app(review, Config::load());
  } catch (const PushError&) {
    tell_of_refusal(link, review.parent, review_app_name(review.parent, review.name), commit);
    throw;
  }
}

/// What the request's record says by now may be newer than what was delivered.
void deal_with_request(Delivery delivery) {
  const AppName parent = parse_app_name(delivery.parent);
  const auto link = Link::load(parent);
  if (!link) return log(parent, "is not linked any more");
  const std::string name = review_of_request(link->forge, delivery.request);
  auto request = ChangeRequest::find(parent, delivery.request);
  if (!request) {
    end_review(parent, name, delivery.request);
    // What told that it is open again may have gone with the app.
    request = ChangeRequest::find(parent, delivery.request);
    if (!request) return;
  }
  delivery.commit = request->commit;
  if (!link->makes_review_app(request->is_from_fork))
    return log(parent, concat(describe(delivery), " gets no review app"));
  const App app = ensure_app_of_request(
      *link, {.parent = parent, .name = name, .request = delivery.request}, delivery.commit);
  if (app.review->request != delivery.request)
    return log(app.name, "was pushed by hand: the request of that number is left alone");
  deploy_if_approved(app, *link, delivery);
}

void deal_with(const AppName& app, const Delivery& delivery) {
  if (delivery.attempts > kMostAttempts)
    return log(app, concat(describe(delivery), " is given up: its deployment was killed ",
                           kMostAttempts, " times"));
  if (delivery.request == 0) return deal_with_push(app, delivery);
  deal_with_request(delivery);
}

}  // namespace

void deliver(const AppName& app) {
  const UniqueFd lock = DeliveryQueue::lock(app);
  while (const auto delivery = DeliveryQueue::take(app)) {
    try {
      deal_with(app, *delivery);
    } catch (const std::exception& error) {
      log(app, concat(describe(*delivery), ": ", error.what()));
    }
    DeliveryQueue::finish(app);
  }
}

}  // namespace hythe
