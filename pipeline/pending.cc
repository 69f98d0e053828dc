// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pending.h"

#include <unistd.h>

#include <cerrno>

#include "core/decimal.h"
#include "lib/atomic_file.h"
#include "lib/deployment.h"
#include "lib/errors.h"
#include "lib/git_repository.h"
#include "lib/lanes.h"
#include "lib/yaml.h"
#include "pipeline/build.h"
#include "pipeline/launch.h"
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
  file.add("lane", std::string(1, letter(lane)));
  if (previous) file.add("previous", std::string(1, letter(*previous)));
  file.add("ref", ref).add("commit", commit);
  if (receive_pack) file.add("receive_pack", receive_pack->text());
  replace_file(path_of(wanted.name), file.dump(), Durability::survives_power_cut);
}

std::optional<Pending> Pending::load(const AppName& app) {
  const Yaml file = Yaml::load(path_of(app));
  const auto lane = parse_lane(file["lane"].text());
  if (!lane) return std::nullopt;
  return Pending{.wanted = App::from_yaml(app, file),
                 .lane = *lane,
                 .previous = parse_lane(file["previous"].text()),
                 .ref = file["ref"].text(),
                 .commit = file["commit"].text(),
                 .receive_pack = ProcessIdentity::parse(file["receive_pack"].text())};
}

void Pending::remove(const AppName& app) {
  if (::unlink(path_of(app).c_str()) != 0 && errno != ENOENT)
    throw SystemError(errno, "remove '", path_of(app), "'");
}

bool Pending::was_accepted() const {
  if (ref.empty()) return live_lane(wanted.name) == lane;
  // It ends as soon as it has told the client, or has found that the client is gone.
  constexpr Milliseconds kLongest = std::chrono::minutes(5);
  if (receive_pack) (void)receive_pack->wait_until_gone(Deadline(kLongest));
  const auto tip = GitRepository::open(App::repository(wanted.name)).read_ref(ref);
  return tip && tip->text() == commit;
}

void Pending::commit_to_disk() const {
  wanted.save();
  remove(wanted.name);
}

void settle(const AppName& app, const AppLock&, const Config& config) {
  const auto pending = Pending::load(app);
  if (!pending) return;
  if (pending->was_accepted()) {
    pending->commit_to_disk();
    record_end(app, pending->wanted.deployment, Status::success, {});
  } else {
    move_back(*pending);
    Pending::remove(app);
    record_end(app, pending->wanted.deployment, Status::aborted,
               "it was killed, and traffic went back");
  }
  retire_all_but_live(app, config);
}

void sweep_after(const AppName& app, Number deployment, const Config& config) {
  discard_build(app, deployment);
  const auto record = Deployment::load(app, deployment);
  if (!record || is_final(record->status)) return;
  // It was killed. Only the lock's holder may touch lanes and intents.
  const Cancellation never;
  const AppLock lock =
      AppLock::take(app, {.deployment = deployment, .doing = "settling", .since = unix_time()},
                    never, [](const LockHolder&) {});
  settle(app, lock, config);
  clear_next_lane(app);
  record_end(app, deployment, Status::aborted, "it was killed");
}

}  // namespace hythe
