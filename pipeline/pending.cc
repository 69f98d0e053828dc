// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pending.h"

#include <unistd.h>

#include <cerrno>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/git/git_repository.h"
#include "lib/process/beacon.h"
#include "lib/yaml.h"
#include "model/container/lanes.h"
#include "model/deployment.h"
#include "model/state.h"
#include "pipeline/build.h"
#include "pipeline/domains.h"
#include "pipeline/dry_run.h"
#include "pipeline/free_lane.h"
#include "pipeline/handover.h"
#include "pipeline/receive.h"
#include "pipeline/retire.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

std::string path_of(const AppName& app) {
  return App::directory(app) + "/pending.yml";
}

/// Of a deployment that could not say so itself.
void record_end(const AppName& app, Number number, Status status, const std::string& reason) {
  auto record = Deployment::load(app, number);
  if (!record || is_final(record->status)) return;
  record->status = status;
  record->reason = reason;
  record->finished = unix_time();
  record->save();
}

}  // namespace

void Pending::save() const {
  Yaml file = wanted.to_yaml();
  file.add("lane", word(lane));
  if (previous) file.add("previous", word(*previous));
  file.add("ref", ref).add("commit", commit_id);
  if (is_watched) file.add("watched", "true");
  if (receive_pack) file.add("receive_pack", receive_pack->text());
  replace_file(path_of(wanted.name), file.dump(), Durability::survives_power_cut);
}

std::optional<Pending> Pending::load(const AppName& app) {
  const Yaml file = load_state_file(path_of(app));
  const auto lane = parse_lane(file["lane"].text());
  if (!lane) return std::nullopt;
  return Pending{.wanted = App::from_yaml(app, file),
                 .lane = *lane,
                 .previous = parse_lane(file["previous"].text()),
                 .ref = file["ref"].text(),
                 .commit_id = file["commit"].text(),
                 .receive_pack = ProcessIdentity::parse(file["receive_pack"].text()),
                 .is_watched = file["watched"].is_true()};
}

bool Pending::was_accepted() const {
  if (is_watched) return false;  // git was not told yet that it may move the branch
  if (ref.empty()) return live_lane(wanted.name) == lane;
  constexpr Milliseconds kLongest = std::chrono::minutes(2);
  if (receive_pack && !receive_pack->wait_until_gone(Deadline(kLongest))) receive_pack->kill();
  const auto tip = GitRepository::open(App::repository(wanted.name)).read_ref(ref);
  return tip && tip->text() == commit_id;
}

void Pending::commit() const {
  // What app.yml has more than its own keys, nobody reads. It takes no room on a full disk.
  rename_file(path_of(wanted.name), App::file(wanted.name));
}

void Pending::revert(const AppLock& lock) const {
  const AppName& app = wanted.name;
  if (live_lane(app) == lane) {
    if (previous)
      switch_to(app, *previous, lock);
    else
      close_route(app, lock);
  }
  // git has not answered yet, or was killed while it did.
  if (!ref.empty()) remove_stale_ref_locks(app, ref);
  if (::unlink(path_of(app).c_str()) != 0 && errno != ENOENT)
    throw SystemError(errno, "remove '", path_of(app), "'");
}

void settle(const AppName& app, const AppLock& lock, const Config& config) {
  for (const std::string& path : {path_of(app), App::file(app)}) remove_half_written(path);
  settle_domains(app, lock, config);
  if (const auto pending = Pending::load(app)) {
    if (pending->was_accepted()) {
      balance_port(app);
      pending->commit();
      record_end(app, pending->wanted.deployment, Status::success, {});
    } else {
      pending->revert(lock);
      record_end(app, pending->wanted.deployment, Status::aborted,
                 "it was killed, and traffic went back");
    }
    retire_all_but_live(app, config);
  }
  try {
    bring_back(app, lock, config);
  } catch (const PushError&) {
    // One that cannot be started is no reason to keep the next deployment from trying.
  }
}

void sweep_after(const AppName& app, Number deployment, const Config& config) {
  auto record = Deployment::load(app, deployment);
  std::optional<AppLock> lock;
  if (record && (!is_final(record->status) || Pending::load(app))) {
    // It was killed, or could not finish. Only the lock's holder may touch lanes and intents;
    // and a helper that still worked for it has ended by then.
    const Cancellation never;
    lock = AppLock::take(app,
                         {.deployment = deployment, .doing = "settling", .since = unix_time()},
                         never, [](const LockHolder&) {});
  }
  // Root's directories are no business of ours: it is told even when there may be nothing.
  const bool may_have_build =
      record && record->release == 0 && (!record->commit.empty() || record->archive);
  if (may_have_build || has_containers(app, Lane::one_off)) discard_build(app, deployment);
  if (!lock) return;
  settle(app, *lock, config);
  if (App::load(app).deployment == deployment) {
    // All that was left to do was to retire those before it.
    record_end(app, deployment, Status::success, {});
    retire_all_but_live(app, config);
    return;
  }
  // By now a later deployment may have been in its lane, and drain there.
  if (record->lane && live_lane(app) != record->lane &&
      last_started_in(app, *record->lane) == deployment)
    clear_lane(app, *record->lane);
  record_end(app, deployment, Status::aborted, "it was killed");
  if (record->is_dry_run && record->release != 0) forget_release(app, record->release);
}

void sweep_after_boot(const AppName& app, const Config& config) {
  for (const Number number : Deployment::numbers(app)) {
    const auto record = Deployment::load(app, number);
    if (!record || is_final(record->status) || Beacon::see(record->beacon_path())) continue;
    ::unlink(record->beacon_path().c_str());
    sweep_after(app, number, config);
  }
}

}  // namespace hythe
