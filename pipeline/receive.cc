// SPDX-License-Identifier: Apache-2.0
#include "pipeline/receive.h"

#include <unistd.h>

#include "lib/errors.h"
#include "lib/git/git_maintenance.h"
#include "lib/git/quarantine.h"
#include "lib/printable.h"
#include "model/deploy_branch.h"

namespace hythe {
namespace {

/// What the pusher calls it: "main" of "refs/heads/main".
std::string branch(const std::string& ref) {
  return ref.substr(std::string_view("refs/heads/").size());
}

void refuse_stale(const GitRepository& repository, const Order& order) {
  const Oid now = repository.read_ref(order.ref).value_or(Oid{});
  if (now != order.old)
    throw PushError(concat("stale: ", branch(order.ref), " is at ", now.short_text(),
                           ", you had ", order.old.short_text(),
                           "\nsomebody else pushed meanwhile: git fetch, then push again"));
}

}  // namespace

void remove_stale_ref_locks(const AppName& app, const std::string& ref) {
  remove_stale_ref_lock(App::repository(app), ref);
  // Of a repository that others share, for their own branches, HEAD is not ours.
  if (is_deploy_branch(ref)) remove_stale_ref_lock(App::repository(app), "HEAD");
}

void remove_abandoned_quarantines(const Order& order) {
  // Our own receive-pack, and the hook that it waits for and we come from.
  const pid_t ourselves[] = {order.receive_pack ? order.receive_pack->pid : 0, ::getppid()};
  remove_abandoned_quarantines(App::repository(order.app), order.quarantine, ourselves);
}

void refuse_what_git_would(const GitRepository& repository, const Order& order) {
  refuse_stale(repository, order);
  switch (repository.kind_of(order.commit)) {
    case ObjectKind::commit:
      return;
    case ObjectKind::missing:
      throw PushError(concat("commit ", order.commit.short_text(), " did not arrive"));
    case ObjectKind::tag:
      throw PushError(
          concat("an annotated tag cannot become a branch\npush the commit it names: ",
                 "git push hythe 'TAG^{commit}:", branch(order.ref), "'"));
    case ObjectKind::tree:
    case ObjectKind::blob:
      throw PushError(concat(order.commit.short_text(), " is not a commit"));
  }
}

void make_way_for_deletion(const GitRepository& repository, const Order& deletion) {
  refuse_stale(repository, deletion);
  remove_stale_ref_locks(deletion.app, deletion.ref);
  if (!remove_stale_packed_refs_lock(repository.path()))
    throw PushError("somebody else is changing the refs of the repository\npush again",
                    EX_TEMPFAIL);
}

}  // namespace hythe
