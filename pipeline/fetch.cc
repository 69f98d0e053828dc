// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/git/git_command.h"
#include "lib/git/git_repository.h"
#include "lib/net/reachable_host.h"
#include "lib/printable.h"
#include "lib/process/child.h"
#include "lib/units.h"
#include "model/deploy_branch.h"
#include "model/forge/known_forges.h"
#include "model/repository_turn.h"
#include "pipeline/fetch_room.h"
#include "pipeline/receive.h"

namespace hythe {
namespace {

/// All of the history, which is what comes in any case. A server of files has no such thing:
/// git refuses it, before it takes objects from there, of which it would check none.
constexpr const char* kSmartServersOnly = "--depth=2147483647";

/// git as it is to speak to the forge: with the link's credentials, and to no other host.
GitCommand git_for(GitCommand git, const AppName& app, const Link& link) {
  const ForgeAddress& address = link.address;
  const std::string at = reachable_addresses(address.host).front().text();
  if (address.scheme == ForgeAddress::Scheme::ssh) {
    git.set("protocol.ssh.allow", "always");
    git.set_variable("GIT_SSH_COMMAND=" +
                     KnownForges::ssh_command(address, at, deploy_key_of(app)));
    git.set_variable("GIT_SSH_VARIANT=ssh");
    return git;
  }
  git.set("protocol.https.allow", "always");
  // Neither a redirect nor a second answer of the name server's leads elsewhere, with the
  // token.
  git.set("http.followRedirects", "false");
  git.set("http.curloptResolve",
          concat(address.host, ':', address.effective_port(), ':',
                 at.find(':') == std::string::npos ? at : concat('[', at, ']')));
  git.set("http.lowSpeedLimit", "1000");
  git.set("http.lowSpeedTime", "30");
  if (const std::string credentials = link.basic_credentials(); !credentials.empty())
    git.set("http.extraHeader", "Authorization: Basic " + credentials);
  return git;
}

bool has(std::string_view text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [text](const char* word) {
    return text.find(word) != std::string_view::npos;
  });
}

/// What git's own words mean for whoever linked the app.
[[noreturn]] void explain(const AppName& app, const Link& link, const std::string& branch,
                          std::string_view said) {
  const std::string what =
      concat("cannot fetch '", branch, "' from '", link.address.url(), "': ");
  if (has(said, {"couldn't find remote ref", "no such branch"}))
    throw PushError(concat(what, "there is no such branch or request"));
  if (has(said, {"dumb http"}))
    throw PushError(
        concat(what,
               "its server offers nothing but files, of which git would check nothing"
               "\nit takes a server that runs git: a forge, or git-http-backend"));
  if (has(said, {"Permission denied"}))
    throw PushError(concat(
        what, "the deploy key is not accepted\nadd it at the forge: ", public_deploy_key(app)));
  if (has(said, {"Host key verification failed", "host key"}))
    throw PushError(concat(what, "its host key is not the one that is known",
                           "\nif it has a new one: sudo ssh-keygen -f ", paths::kKnownForges,
                           " -R '", link.address.host_key_name(), "', and link again"));
  if (has(said, {"Authentication failed", "could not read Username", "error: 401", "error: 403",
                 "error: 404", "not found", "does not exist", "access rights"}))
    throw PushError(concat(
        what,
        link.token.empty() ? "it is not there, or not public" : "the token does not open it",
        "\ngive one that may read it: hythe link ", app.view(), ' ', link.address.url(),
        " --token-stdin < TOKEN"));
  if (has(said, {"fsck error", "fsckObjects"}))
    throw PushError(concat(what, "it has objects that git would refuse of a push"));
  if (has(said, {"error: 30", "redirect"}))
    throw PushError(concat(what, "it has moved\nlink the app to where it is now"));
  const auto end = said.find_last_not_of('\n');
  const auto line = said.rfind('\n', end) + 1;
  throw PushError(concat(what, printable(said.substr(line, end + 1 - line), 160)),
                  EX_UNAVAILABLE);
}

/// Runs git until it ends, is not wanted any more, or takes too long; what it said.
std::pair<ExitStatus, std::string> run(const Command& wanted, const Cancellation& cancellation,
                                       const Deadline& deadline) {
  Pipe output = Pipe::make();
  Command command = wanted;
  command.stdout_fd = command.stderr_fd = output.write.get();
  Child git = Child::start(command);
  output.write.reset();
  constexpr std::size_t kEnough = 64U << 10U;
  constexpr int kGraceMs = 5000;
  const auto end = [&git] {
    git.signal(SIGTERM);  // it removes what it has begun, and ends those it has started
    if (git.wait_for(kGraceMs)) return;
    git.signal(SIGKILL);
    (void)git.wait();
  };
  std::string said;
  try {
    pollfd readable{.fd = output.read.get(), .events = POLLIN, .revents = 0};
    do {
      if (!cancellation.wait({&readable, 1}, deadline)) {
        end();
        return {{.code = 0, .signal = SIGALRM}, said};
      }
      if (said.size() > kEnough) said.erase(0, said.size() - kEnough / 2);
    } while (read_some(output.read.get(), said));
  } catch (...) {
    end();
    throw;
  }
  return {git.wait(), said};
}

/// What is fetched: a branch, or what is proposed for one, of which forges keep a ref in the
/// repository that it is proposed to, also when it comes from a fork.
struct Wanted {
  std::string name;   // for people
  std::string there;  // its ref at the forge
  std::string here;   // in the app's repository
};

Wanted what_is_wanted(const Order& order, const Link& link) {
  if (order.linked_request == 0)
    return {order.linked_branch, "refs/heads/" + order.linked_branch,
            Link::ref_of(order.linked_branch)};
  const auto review = App::load(order.app).review;
  if (!review) throw PushError(concat("'", order.app.view(), "' is not a review app"));
  const bool is_github = link.forge == Forge::github;
  return {
      concat(is_github ? '#' : '!', order.linked_request),
      concat(is_github ? "refs/pull/" : "refs/merge-requests/", order.linked_request, "/head"),
      review->request_ref()};
}

/// A pack that was cut off keeps its bytes.
void remove_half_fetched(const AppName& app) {
  std::error_code missing;
  const std::filesystem::path packs = App::repository(app) + "/objects/pack";
  for (const auto& entry : std::filesystem::directory_iterator(packs, missing))
    if (entry.path().filename().string().starts_with("tmp_"))
      std::filesystem::remove(entry.path(), missing);
}

std::optional<Oid> first_line_oid(const std::pair<ExitStatus, std::string>& answer) {
  if (!answer.first.is_success()) return std::nullopt;
  return Oid::parse(std::string_view(answer.second).substr(0, answer.second.find('\n')));
}

/// The commit that was asked for, which must be one of the branch's.
Oid choose(const Order& order, const std::string& branch, const Oid& tip) {
  if (order.wanted_commit.empty()) return tip;
  const GitCommand git(App::repository(order.app));
  const auto commit = first_line_oid(
      git.run({"rev-parse", "--verify", "--quiet", concat(order.wanted_commit, "^{commit}")}));
  if (commit &&
      git.run({"merge-base", "--is-ancestor", commit->text(), tip.text()}).first.is_success())
    return *commit;
  throw PushError(concat("'", branch, "' has no commit '", order.wanted_commit, "'"));
}

}  // namespace

Order order_linked(const App& app, const Link& link) {
  Order order{.kind = Order::Kind::link, .app = app.name, .who = {}};
  order.ref = app.ref.empty() ? kDeployBranches[0] : app.ref;
  if (app.review)
    order.linked_request = app.review->request;
  else
    order.linked_branch = link.branch;
  return order;
}

Oid fetch(const Order& order, const Config& config, Progress& progress) {
  const AppName linked = linked_app(order.app);
  const Link link = Link::require(linked);
  const Wanted wanted = what_is_wanted(order, link);
  progress.console.step(concat("Fetching ", wanted.name, " of ", link.address.url()));
  const auto repository = GitRepository::open(App::repository(order.app));
  const UniqueFd turn = wait_for_turn(order.app, progress.cancellation);
  const auto before = repository.read_ref(wanted.here);
  remove_stale_ref_locks(order.app, wanted.here);  // of a fetch that was killed

  const FetchRoom room(App::repository(order.app));
  GitCommand git = git_for(room.git(), linked, link);
  git.limit_files(config.limits.fetch_size);
  const auto [status, said] =
      run(git.command({"fetch", kSmartServersOnly, "--quiet", "--force", "--no-tags",
                       "--no-write-fetch-head", "--no-auto-maintenance", "--end-of-options",
                       link.address.url(), concat('+', wanted.there, ':', wanted.here)}),
          progress.cancellation, Deadline(config.limits.fetch_time));
  if (!status.is_success()) {
    remove_half_fetched(order.app);
    if (status.signal == SIGALRM)
      throw DeploymentFailure(
          Status::timeout_error,
          concat("the forge needed more than ", format_duration(config.limits.fetch_time), "\n",
                 how_to_raise("fetch_time")));
    if (has(said, {"signal 25", "SIGXFSZ", "File too large"}))
      throw PushError(concat("'", wanted.name, "' is more than ",
                             exact_size(config.limits.fetch_size), "\n",
                             how_to_raise("fetch_size")));
    explain(linked, link, wanted.name, said);
  }
  room.bring(wanted.here);
  const auto tip = repository.read_ref(wanted.here);
  if (!tip) explain(linked, link, wanted.name, "no such branch");
  const Oid commit = choose(order, wanted.name, *tip);
  progress.console.detail(
      before && *before == *tip
          ? concat("nothing new since ", tip->short_text())
          : concat(before ? before->short_text() + ".." : std::string(), tip->short_text()));
  return commit;
}

void try_link(const AppName& app, const Link& link) {
  const Cancellation never;
  constexpr Milliseconds kLongest = std::chrono::seconds(30);
  const auto [status, said] =
      run(git_for(GitCommand(App::repository(app)), app, link)
              .command({"ls-remote", "--quiet", "--exit-code", "--end-of-options",
                        link.address.url(), concat("refs/heads/", link.branch)}),
          never, Deadline(kLongest));
  if (status.is_success()) return;
  if (status.signal == SIGALRM)
    throw PushError(concat("'", link.address.host, "' does not answer"), EX_UNAVAILABLE);
  // Exit code 2 without a word: it was read, and has no such branch.
  explain(app, link, link.branch, status.code == 2 && said.empty() ? "no such branch" : said);
}

void forget_fetched(const AppName& app) {
  const GitCommand git(App::repository(app));
  for (const auto& ref : git.refs_below({Link::ref_of("")})) (void)git.remove_ref(ref);
}

}  // namespace hythe
