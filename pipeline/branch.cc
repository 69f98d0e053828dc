// SPDX-License-Identifier: Apache-2.0
#include "pipeline/branch.h"

#include <cerrno>

#include "lib/errors.h"
#include "lib/git/git_command.h"
#include "lib/git/git_repository.h"
#include "lib/printable.h"
#include "pipeline/receive.h"

namespace hythe {
namespace {

std::optional<Oid> read(const Order& order) {
  return GitRepository::open(App::repository(order.app)).read_ref(order.ref);
}

}  // namespace

Oid tip_of_branch(const Order& order) {
  const auto tip = read(order);
  if (!tip) throw PushError(concat("there is no branch '", printable(order.ref), "' any more"));
  return *tip;
}

bool branch_decides(const Order& order) {
  if (order.kind == Order::Kind::push) return true;
  return order.kind == Order::Kind::link && read(order) != order.commit;
}

void move_branch(const Order& order, const AppLock& lock) {
  const GitCommand git(App::repository(order.app));
  const auto [status, said] =
      git.run({"update-ref", "--no-deref", order.ref, order.commit.text()}, lock.fd());
  if (!status.is_success())
    throw SystemError(EIO, "move the branch: git update-ref ", status.describe());
}

void try_to_move_branch(const Order& order, const AppLock& lock) {
  try {
    remove_stale_ref_locks(order.app, order.ref);
    move_branch(order, lock);
  } catch (const std::exception&) {
    // Whether it was accepted is asked next, and traffic goes back if not.
  }
}

}  // namespace hythe
