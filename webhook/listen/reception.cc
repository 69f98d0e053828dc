// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/reception.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "core/lower_case.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/secret.h"
#include "lib/sha256.h"
#include "model/app.h"
#include "model/forge/delivery_queue.h"
#include "webhook/listen/event.h"
#include "webhook/listen/sender.h"

namespace hythe {
namespace {

const Reply kRefusal{403, "the signature does not fit, or there is no such app"};
const Reply kTooMany{429, "too many at once"};

void log(const Post& post, const Reply& reply) {
  std::clog << concat(printable(post.app, 30), ": ", reply.status, ' ', reply.text, " (from ",
                      printable(post.address, 60), ")\n");
}

bool is_json(std::string_view type) {
  constexpr std::string_view kJson = "application/json";
  return type.starts_with(kJson) && (type.size() == kJson.size() || type[kJson.size()] == ';');
}

/// An id as it can be written down, whatever the sender calls it.
std::string as_word(std::string_view kind, const std::string& text) {
  Sha256 sum;
  sum.add({text.data(), text.size()});
  return concat(kind, sum.hex());
}

Reply take_push(const AppName& app, const Link& link, const Event& event, const Post& post) {
  if (event.branch.empty()) return {202, "ignored: it is of no branch"};
  if (event.branch != link.branch)
    return {202, concat("ignored: branch '", link.branch, "' is deployed")};
  if (!link.is_automatic) return {202, "ignored: it is deployed by hand"};
  DeliveryQueue::put(app, {.branch = event.branch,
                           .commit = event.commit,
                           .id = printable(post.id, 64),
                           .received = unix_time()});
  return {202, "queued"};
}

/// The review app of a request, unless that is another app's name.
std::optional<AppName> review_app_for(const AppName& app, const std::string& name) {
  const auto review_app = app_of_review(app, name);
  if (!review_app || !App::exists(*review_app)) return review_app;
  const auto review = App::load(*review_app).review;
  return review && review->parent == app ? review_app : std::nullopt;
}

Reply take_request(const AppName& app, const Link& link, const Event& event, const Post& post) {
  const ChangeRequest& request = event.request;
  if (!is_branch_name(request.branch) || !is_branch_name(request.base))
    return {202, "ignored: its branches have odd names"};
  if (!request.record(app)) return {202, "ignored: there are too many open ones"};
  const std::string name = review_of_request(link.forge, request.number);
  const auto review_app = review_app_for(app, name);
  if (!review_app)
    return {202, concat("recorded: no review app can be called '", app.view(), '-', name, "'")};
  // One that is closed may have a review app from when the link said something else.
  const bool matters = request.is_open ? link.makes_review_app(request.is_from_fork)
                                       : link.has_review_apps || App::exists(*review_app);
  if (!matters) return {202, "recorded"};
  DeliveryQueue::put(*review_app, {.branch = request.branch,
                                   .commit = request.commit,
                                   .id = printable(post.id, 64),
                                   .received = unix_time(),
                                   .request = request.number,
                                   .parent = std::string(app.view())});
  return {202, "queued"};
}

/// A link that nobody has the secret of, and that is read as any other is.
const std::string& decoy() {
  static const std::string path = [] {
    std::string file = concat(paths::kDeliveries, "/decoy");
    Link{.address = ForgeAddress::parse("https://forge.invalid/none/none"),
         .branch = "main",
         .webhook_secret = make_secret()}
        .write(file);
    return file;
  }();
  return path;
}

std::optional<Link> find_link(const std::string& name) {
  const auto app = AppName::parse(name);
  const std::string path = concat(paths::kApps, '/', app ? app->view() : "-", "/link.yml");
  const bool is_there = app && ::access(path.c_str(), F_OK) == 0;
  return Link::read(is_there ? path : decoy());
}

}  // namespace

bool is_signed(const Link& link, const Post& post) {
  const std::string& secret = link.webhook_secret;
  // Both, whichever forge it is: who is not let in cannot tell which app there is. Tokens are
  // compared as sums of one length, or the time would tell that of the secret.
  const bool has_signed =
      is_same_secret("sha256=" + hmac_sha256(secret, post.body), post.signature);
  const bool has_token =
      is_same_secret(hmac_sha256(secret, post.token), hmac_sha256(secret, secret));
  return !secret.empty() && (link.forge == Forge::gitlab ? has_token : has_signed);
}

Reception::Reception() : find_(find_link) {
  (void)decoy();  // made before the first request, which would else take longer
}

bool Reception::is_welcome(const Post& post) {
  const std::lock_guard lock(mutex_);
  return per_sender_.take(sender_of(post.address), RateLimit::Clock::now()) &&
         failures_.has(whom_to_blame(post), RateLimit::Clock::now());
}

std::string Reception::whom_to_blame(const Post& post) const {
  const auto known = hooks_.find(post.app);
  const bool is_known =
      known != hooks_.end() && !post.hook.empty() && known->second == post.hook;
  const std::string hook = "hook of " + post.app;
  // Should somebody know its id who guesses, it is again a sender like any other.
  return is_known && failures_.has(hook, RateLimit::Clock::now()) ? hook
                                                                  : sender_of(post.address);
}

bool Reception::may_be_wrong(const Post& post) {
  const std::lock_guard lock(mutex_);
  return failures_.has(whom_to_blame(post), RateLimit::Clock::now());
}

Reply Reception::refuse(const Post& post) {
  const std::lock_guard lock(mutex_);
  const std::string guilty = whom_to_blame(post);
  const auto now = RateLimit::Clock::now();
  if (!failures_.take(guilty, now)) return kTooMany;
  log(post, kRefusal);
  if (!failures_.has(guilty, now)) log(post, {kTooMany.status, "not listened to for a while"});
  return kRefusal;
}

Reply Reception::receive(const Post& post) {
  if (!is_json(post.content_type)) return {415, "the content type must be application/json"};
  if (post.body.size() > kMaxBody) return {413, "the body is too large"};
  if (!may_be_wrong(post)) return kTooMany;
  const auto link = find_(post.app);
  if (!link || !is_signed(*link, post)) return refuse(post);
  Reply reply = accept(parse_app_name(post.app), *link, post);
  log(post, reply);
  return reply;
}

bool Reception::is_expected(const Post& post) {
  const std::lock_guard lock(mutex_);
  if (!post.hook.empty()) hooks_[post.app] = post.hook;
  return per_app_.take(post.app, RateLimit::Clock::now());
}

Reply Reception::accept(const AppName& app, const Link& link, const Post& post) {
  if (!is_expected(post)) return kTooMany;
  // What takes a time that the sender chooses keeps nobody else waiting.
  const auto event = Event::parse(link.forge, post.event, post.body);
  if (!event) return {400, "the body is not what the forge documents"};
  if (event->kind == Event::Kind::ping) return {200, "pong"};
  if (event->kind == Event::Kind::other) return {202, "ignored: of no interest"};
  if (lower_case(event->repository) != lower_case(link.address.path))
    return {202, concat("ignored: '", link.address.path, "' is deployed")};
  std::vector<std::string> words{as_word("b:", post.body)};
  if (!post.id.empty()) words.push_back(as_word("i:", post.id));
  // One at a time is fast enough: what takes time is the disk.
  const std::lock_guard lock(mutex_);
  auto& seen = seen_.try_emplace(post.app, Seen::load(app)).first->second;
  if (std::any_of(words.begin(), words.end(), [&](const auto& w) { return seen.has(w); }))
    return {409, "it was delivered before"};
  Reply reply = event->kind == Event::Kind::push ? take_push(app, link, *event, post)
                                                 : take_request(app, link, *event, post);
  // Afterwards: should we be killed in between, the forge's second try is taken.
  seen.add(words);
  return reply;
}

}  // namespace hythe
