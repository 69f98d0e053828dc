// SPDX-License-Identifier: Apache-2.0
#include "pipeline/domains.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "model/helper.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

/// Is there while hythe-route may know of other domains than app.yml.
std::string mark_of(const AppName& app) {
  return App::directory(app) + "/domains.unsettled";
}

void remove_mark(const AppName& app) {
  const std::string mark = mark_of(app);
  if (::unlink(mark.c_str()) != 0 && errno != ENOENT)
    throw SystemError(errno, "remove '", mark, "'");
}

/// Ctrl-C, or the end of a terminal, comes before a change or after it. What only SIGKILL
/// leaves, the mark tells.
class Undisturbed {
 public:
  Undisturbed() {
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&signals, number);
    ::sigprocmask(SIG_BLOCK, &signals, &before_);
  }
  Undisturbed(const Undisturbed&) = delete;
  Undisturbed& operator=(const Undisturbed&) = delete;
  ~Undisturbed() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

/// hythe-route holds the app's lock: when we are killed, nobody settles it before it is done.
void tell_root(const App& app, const AppLock& lock, const Config& config) {
  std::vector<std::string> words = {"domains", std::string(app.name.view())};
  for (const std::string& domain : domains_of(app, config)) words.push_back(domain);
  call_helper_locked(lock, paths::kRouteHelper, std::move(words));
}

/// Root's table may have the new ones, when hythe-route was killed, and has what was claimed by
/// root itself before. What cannot be put back now, the next holder of the lock does.
void give_up(const AppName& app, const AppLock& lock, const Config& config) {
  try {
    settle_domains(app, lock, config);
  } catch (const PushError&) {
    // The mark stays; and what was wrong first is what the caller is told.
  }
}

}  // namespace

std::vector<std::string> domains_of(const App& app, const Config& config) {
  std::vector<std::string> all = {domain_of(app.name, config)};
  all.insert(all.end(), app.domains.begin(), app.domains.end());
  return all;
}

void change_domains(App app, std::vector<std::string> domains, const AppLock& lock,
                    const Config& config) {
  const Undisturbed undisturbed;
  app.domains = std::move(domains);
  replace_file(mark_of(app.name), "", Durability::survives_power_cut);
  try {
    tell_root(app, lock, config);
  } catch (const PushError&) {
    give_up(app.name, lock, config);
    throw;
  }
  app.save();
  remove_mark(app.name);
}

void settle_domains(const AppName& app, const AppLock& lock, const Config& config) {
  if (::access(mark_of(app).c_str(), F_OK) != 0) return;
  tell_root(App::load(app), lock, config);
  remove_mark(app);
}

}  // namespace hythe
