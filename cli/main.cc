// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "cli/commands.h"
#include "cli/domains_as_root.h"
#include "cli/stack_as_root.h"
#include "lib/complaint.h"
#include "lib/errors.h"
#include "lib/handed_words.h"
#include "lib/printable.h"
#include "model/state.h"

namespace hythe {
namespace {

constexpr Verb kVerbs[] = {
    {"create", "APP", "make an app and its git repository", create},
    {"list", "", "the apps, and what each serves", list},
    {"info", "APP", "one app: address, release, formation, last deployment", info},
    {"destroy", "APP --confirm APP", "remove an app and everything of it", destroy},
    {"deploy",
     "APP [FILE|URL|- [--version TEXT]] [--detach] [--no-cache] [--dry-run] [--buildpack NAME] "
     "[--message TEXT]",
     "build and serve the branch as it is, or an archive", deploy},
    {"link",
     "APP [URL [--branch BRANCH] [--auto-deploy] [--review-apps [--from-forks]] "
     "[--wait-for-ci] "
     "[--token-stdin] [--deploy-key] [--forge github|gitlab] [--new-secret] | --deploy "
     "[BRANCH|COMMIT] [--detach] "
     "[--no-cache]]",
     "deploy from a repository at GitHub or GitLab", link},
    {"unlink", "APP", "deploy from there no more", unlink},
    {"env",
     "APP [list | get NAME | set NAME=VALUE … | set NAME < FILE | set --file FILE|- | "
     "unset NAME …] [--no-restart]",
     "variables of an app", env},
    {"domains", "APP [list | add DOMAIN … | remove DOMAIN …]", "where an app answers", domains},
    {"tcp", "APP [PORT | --free]", "the port of the host that leads to tcp processes", tcp},
    {"scale", "APP [TYPE=COUNT | TYPE:size=SIZE | TYPE:overlap=overlap|stop-first …]",
     "how many containers of which process type, and how large", scale},
    {"settings", "APP [NAME=VALUE | NAME= …]", "drain, health check and watch of an app",
     settings},
    {"restart", "APP", "new containers of the release that serves", restart},
    {"stop", "APP", "nothing of an app runs any more", stop},
    {"start", "APP", "start an app that was stopped", start},
    {"limits", "APP [NAME=VALUE | NAME= …]", "what an app's deployments may take", limits},
    {"cache", "clear APP", "forget what builds keep for the next one", cache},
    {"build", "--dry DIR|- [--buildpack DIR] [--stack NAME] [-e NAME=VALUE …]",
     "try a source or a buildpack, and deploy nothing", build_dry},
    {"ps", "APP", "the containers of an app", ps},
    {"logs", "APP [CONTAINER] [-n LINES] [-f]", "what the containers wrote", logs},
    {"run",
     "APP [--detach] [--size SIZE] [--env NAME=VALUE …] [--timeout TIME] COMMAND … | APP "
     "--stop "
     "run.N",
     "a command in a container of its own", run},
    {"cron", "APP [--run N] | --due", "the jobs of an app, and when they are due", cron},
    {"deployments", "APP [N] [-f]", "past deployments, or the log of one", deployments},
    {"cancel", "APP [N]", "end a deployment before traffic moves to it", cancel},
    {"releases", "APP", "what an app can go back to", releases},
    {"rollback", "APP [RELEASE]", "serve an earlier release again", rollback},
    {"diff", "APP [RELEASE [RELEASE]]", "what changed between two releases", diff},
    {"gc", "[APP]", "free the room that nobody needs any more", gc},
    {"keys", "[list | add NAME < KEY.pub | remove NAME]", "who may push", keys},
    {"stack",
     "[list | use APP NAME | create NAME [--suite SUITE] | import NAME FILE | remove NAME]",
     "the root file systems that apps are built on and run in", stack},
    {"doctor", "[APP] [--fix]", "what is not as it should be, and puts it right",
     doctor_as_root},
    {"restore", "", "start everything that should run, at boot", restore},
    {"setup", "[--domain DOMAIN] [--key FILE|- [--name NAME]] [--yes]",
     "what the host needs, whether it has it, and who may push first", setup_as_root},
    {"migrate", "", "bring the state of an older hythe to this one", migrate_as_root},
    {"version", "", "the version of hythe", version},
};

int help() {
  std::cout << "usage: hythe VERB …\n\n";
  for (const Verb& verb : kVerbs) {
    char line[160];
    std::snprintf(line, sizeof line, "  %-11s  %s\n", verb.name, verb.summary);
    std::cout << line;
  }
  std::cout << "\nhythe VERB --help shows how a verb is typed; hythe(1) tells all of it\n";
  return EX_OK;
}

const Verb& find(const std::string& name) {
  for (const Verb& verb : kVerbs)
    if (name == verb.name) return verb;
  throw PushError(concat("there is no verb '", printable(name), "'\nall of them: hythe help"),
                  EX_USAGE);
}

int dispatch(std::vector<std::string> words) {
  if (words.empty() || words[0] == "help" || words[0] == "--help") return help();
  const Verb& verb = find(words[0]);
  const std::string usage = concat("hythe ", verb.name, ' ', verb.usage);
  words.erase(words.begin());
  // What `run` is to run may have a --help of its own.
  const auto help_end = verb.run == run ? words.begin() + !words.empty() : words.end();
  if (std::find(words.begin(), help_end, "--help") != help_end) {
    std::cout << "usage: " << usage << "\n  " << verb.summary << '\n';
    return EX_OK;
  }
  if (verb.run != version && verb.run != migrate_as_root) require_current_state();
  if (verb.run == stack)
    if (const auto code = become_stack_helper(words)) return *code;
  if (verb.run == domains) claim_domains_as_root(words);
  Arguments arguments(std::move(words), usage);
  // The version is anybody's to ask for; others begin as root, and refuse anybody else.
  const bool is_as_it_is = verb.run == version || verb.run == migrate_as_root ||
                           verb.run == setup_as_root || verb.run == doctor_as_root;
  return verb.run(arguments, is_as_it_is ? Caller{} : Caller::identify());
}

/// What was typed, and then is no longer to be seen in /proc: `env set` has secrets in it.
std::vector<std::string> take_words(int argc, char** argv) {
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    words.emplace_back(argv[i]);
    std::fill_n(argv[i], words.back().size(), '\0');
  }
  return words;
}

/// The first line is the error, the others say what to do about it.
int complain(std::string_view message, int code) {
  std::cout.flush();
  std::cerr << as_complaint(message) << '\n';
  return code;
}

}  // namespace

}  // namespace hythe

int main(int argc, char** argv) {
  ::signal(SIGPIPE, SIG_IGN);  // a reader that leaves is no reason to die half-way
  try {
    auto words = hythe::received_words();
    if (!words) words = hythe::take_words(argc, argv);
    const int code = hythe::dispatch(std::move(*words));
    std::cout.flush();
    return code;
  } catch (const hythe::PushError& error) {
    return hythe::complain(error.what(), error.exit_code());
  } catch (const hythe::SystemError& error) {
    return hythe::complain(error.what(), EX_OSERR);
  } catch (const std::exception& error) {
    return hythe::complain(error.what(), EX_SOFTWARE);
  }
}
