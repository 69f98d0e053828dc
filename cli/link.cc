// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "cli/print_field.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/net/reachable_host.h"
#include "lib/printable.h"
#include "lib/secret.h"
#include "model/config.h"
#include "model/forge/change_request.h"
#include "model/forge/delivery_queue.h"
#include "model/forge/known_forges.h"
#include "model/forge/link.h"
#include "model/preflight.h"
#include "pipeline/fetch.h"
#include "pipeline/pending.h"
#include "pipeline/review_apps.h"

namespace hythe {
namespace {

std::string webhook_of(const AppName& app) {
  return concat(Config::load().webhook_url, '/', app.view());
}

std::string access_of(const Link& link) {
  if (link.has_deploy_key) return link.token.empty() ? "deploy key" : "deploy key, and a token";
  return link.token.empty() ? "public" : "token";
}

std::string automation_of(const AppName& app, const Link& link) {
  if (!link.is_automatic) return concat("no; by hand: hythe link ", app.view(), " --deploy");
  return link.waits_for_ci ? "yes, when the forge's CI was successful" : "yes";
}

int show(const AppName& app, const Link& link) {
  print_field("repository", link.address.url());
  print_field("branch", link.branch);
  print_field("forge", concat(word(link.forge), ", ", api_of(link.forge, link.address)));
  print_field("access", access_of(link));
  print_field("auto-deploy", automation_of(app, link));
  print_field("review apps", !link.has_review_apps       ? "no"
                             : link.has_fork_review_apps ? "of requests, also from forks"
                                                         : "of requests, but not from forks");
  print_field("statuses", link.token.empty() ? "not reported: that takes a token" : "reported");
  print_field("webhook", webhook_of(app));
  for (const ChangeRequest& request : ChangeRequest::open_ones(app))
    print_field("request", concat('#', request.number, ", ", request.branch, " into ",
                                  request.base, ", commit ", request.commit.substr(0, 7),
                                  request.is_from_fork ? ", from a fork" : ""));
  if (const std::string key = public_deploy_key(app); !key.empty())
    print_field("deploy key", key);
  return EX_OK;
}

[[noreturn]] void refuse_review_app(const App& app) {
  const auto parent = app.review->parent.view();
  throw PushError(concat("'", app.name.view(), "' is a review app of '", parent,
                         "', which is what is linked\nsee: hythe link ", parent),
                  EX_USAGE);
}

std::string token_from_stdin() {
  constexpr std::size_t kLongest = 4096;
  if (::isatty(STDIN_FILENO) != 0)
    throw PushError("the token would be seen on the screen\ngive it as a file: < TOKEN",
                    EX_USAGE);
  std::string token;
  while (token.size() <= kLongest && read_some(STDIN_FILENO, token)) {
  }
  token.resize(token.find_last_not_of("\r\n") + 1);
  const bool is_token =
      std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (token.empty() || token.size() > kLongest || !is_token)
    throw PushError("stdin is not a token: one line without blanks", EX_DATAERR);
  return token;
}

std::string branch_in(std::string text) {
  if (text.starts_with("refs/heads/")) text.erase(0, std::string_view("refs/heads/").size());
  if (is_branch_name(text)) return text;
  throw PushError(concat("'", printable(text, 60), "' is not the name of a branch"), EX_USAGE);
}

/// What was typed for an app that is to be linked, over what it was linked to before.
struct Wish {
  std::string url{};
  std::optional<std::string> branch{};
  std::optional<std::string> forge{};
  bool is_automatic = false;
  bool waits_for_ci = false;
  bool has_token = false;
  bool has_deploy_key = false;
  bool has_new_secret = false;
  bool has_review_apps = false;
  bool has_fork_review_apps = false;

  [[nodiscard]] bool is_any() const {
    return branch || forge || is_automatic || waits_for_ci || has_token || has_deploy_key ||
           has_new_secret || has_review_apps || has_fork_review_apps;
  }
  [[nodiscard]] Link link(const std::optional<Link>& before) const;
};

Link Wish::link(const std::optional<Link>& before) const {
  Link link{.address = ForgeAddress::parse(url),
            .branch = branch_in(branch.value_or("main")),
            .is_automatic = is_automatic,
            .waits_for_ci = waits_for_ci,
            .has_deploy_key = has_deploy_key,
            .has_review_apps = has_review_apps,
            .has_fork_review_apps = has_fork_review_apps};
  const bool is_ssh = link.address.scheme == ForgeAddress::Scheme::ssh;
  link.forge = forge ? parse_forge(*forge) : guess_forge(link.address);
  if (is_ssh != has_deploy_key)
    throw PushError(is_ssh ? "an ssh address is opened by a key\nadd --deploy-key"
                           : concat("a deploy key opens an ssh address only\nlink ssh://git@",
                                    link.address.host, '/', link.address.path, ".git"),
                    EX_USAGE);
  if (waits_for_ci && !is_automatic && !has_review_apps)
    throw PushError(
        "--wait-for-ci is of deployments that --auto-deploy or --review-apps begins", EX_USAGE);
  if (has_fork_review_apps && !has_review_apps)
    throw PushError("--from-forks is of --review-apps", EX_USAGE);
  const bool is_the_same = before && before->address.url() == link.address.url();
  if (has_token)
    link.token = token_from_stdin();
  else if (is_the_same)
    link.token = before->token;
  link.webhook_secret = is_the_same && !has_new_secret ? before->webhook_secret : make_secret();
  if (waits_for_ci && link.token.empty())
    throw PushError("the forge tells of its CI to a token only\nadd --token-stdin < TOKEN",
                    EX_USAGE);
  return link;
}

void learn_host_key(const ForgeAddress& address) {
  const std::string at = reachable_addresses(address.host).front().text();
  if (KnownForges::has(address)) return;
  std::cout << "The host key of " << address.host
            << " was not known, and is from now on. Compare it with what the forge documents:\n"
            << KnownForges::learn(address, at) << std::flush;
}

void tell_what_to_do(const AppName& app, const Link& link, bool is_new_secret) {
  std::cout << "Linked " << app.view() << " to " << link.address.url() << ", branch "
            << link.branch << '\n';
  if (link.has_deploy_key)
    std::cout << "Deploy key, to be added at the forge (it only reads):\n  "
              << public_deploy_key(app) << '\n';
  if (is_new_secret)
    std::cout << "Webhook, for pushes and " << (link.forge == Forge::github ? "pull" : "merge")
              << " requests, as application/json:\n  URL     " << webhook_of(app)
              << "\n  secret  " << link.webhook_secret << "  (not shown again)\n";
  if (link.has_fork_review_apps)
    std::cout << "warning: whoever may open a request there can read the variables of "
              << app.view() << ", which its review app gets\n";
  std::cout << "Deploy it: hythe link " << app.view() << " --deploy\n";
}

int make_link(const AppName& app, const Wish& wish, const Caller& caller) {
  const auto before = Link::load(app);
  const Link link = wish.link(before);
  if (link.has_deploy_key) {
    learn_host_key(link.address);
    make_deploy_key(app);  // which the forge does not know yet: nothing can be tried
  } else {
    try_link(app, link);
  }
  {
    const AppLock lock = take_lock(app, "link", caller);
    (void)App::load(app);  // it may have been destroyed meanwhile
    settle(app, lock, Config::load());
    if (before && before->branch != link.branch) forget_fetched(app);
    if (before && before->address.url() != link.address.url()) DeliveryQueue::forget(app);
    link.save(app);
  }
  // Their numbers are another repository's requests from now on.
  if (before && before->address.url() != link.address.url())
    remove_request_apps(app, caller.name);
  tell_what_to_do(app, link, !before || before->webhook_secret != link.webhook_secret);
  return EX_OK;
}

bool is_commit(std::string_view word) {
  return word.size() >= 7 && word.size() <= 2 * Oid::kSize &&
         word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

int deploy_linked(const App& app, const std::optional<std::string>& what,
                  const DeployOptions& options, const Caller& caller) {
  if (app.review && app.review->request == 0) refuse_review_app(app);
  const Link link = Link::require(linked_app(app.name));
  require_room();
  Order order = order_linked(app, link);
  order.options = options;
  order.trigger = "link";
  if (what && is_commit(*what))
    order.wanted_commit = *what;
  else if (what && app.review)
    throw PushError("a review app is of its request, and of no other branch", EX_USAGE);
  else if (what)
    order.linked_branch = branch_in(*what);
  return order_deployment(std::move(order), caller);
}

}  // namespace

int link(Arguments& arguments, const Caller& caller) {
  const bool deploys = arguments.flag("--deploy");
  Wish wish{.branch = arguments.option("--branch"),
            .forge = arguments.option("--forge"),
            .is_automatic = arguments.flag("--auto-deploy"),
            .waits_for_ci = arguments.flag("--wait-for-ci"),
            .has_token = arguments.flag("--token-stdin"),
            .has_deploy_key = arguments.flag("--deploy-key"),
            .has_new_secret = arguments.flag("--new-secret"),
            .has_review_apps = arguments.flag("--review-apps"),
            .has_fork_review_apps = arguments.flag("--from-forks")};
  DeployOptions options;
  for (const char* flag : {"detach", "no-cache"})
    if (arguments.flag(concat("--", flag))) options.set(flag);
  const AppName name = arguments.app();
  const auto word = arguments.optional_word();
  arguments.end();
  const App app = App::load(name);
  if (deploys) {
    if (wish.is_any()) arguments.usage_error("--deploy is of what is linked already");
    return deploy_linked(app, word, options, caller);
  }
  if (options.detach || options.no_cache) arguments.usage_error("that goes with --deploy");
  if (app.review) refuse_review_app(app);
  if (!word) {
    if (wish.is_any()) arguments.usage_error("which repository?");
    return show(name, Link::require(name));
  }
  wish.url = *word;
  return make_link(name, wish, caller);
}

int unlink(Arguments& arguments, const Caller& caller) {
  const App app = App::load(arguments.app());
  arguments.end();
  if (app.review) refuse_review_app(app);
  const AppName& name = app.name;
  const Link link = Link::require(name);
  {
    const AppLock lock = take_lock(name, "unlink", caller);
    settle(name, lock, Config::load());
    Link::remove(name);
    DeliveryQueue::forget(name);
    forget_fetched(name);
  }
  remove_request_apps(name, caller.name);
  std::cout << "Unlinked " << name.view() << " from " << link.address.url()
            << ": what serves goes on, and pushes are taken\n"
            << "At the forge, its webhook" << (link.has_deploy_key ? " and deploy key" : "")
            << " can be removed\n";
  return EX_OK;
}

}  // namespace hythe
