// SPDX-License-Identifier: Apache-2.0
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "cli/doctor/host.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

constexpr const char* kUser = "hythe";

/// The names of those that getgrgid(3) knows: a group without a name is in no list of sshd's.
std::vector<std::string> groups_of(const passwd& user) {
  int count = 0;
  ::getgrouplist(user.pw_name, user.pw_gid, nullptr, &count);  // how many there are
  std::vector<gid_t> ids(static_cast<std::size_t>(count));
  ::getgrouplist(user.pw_name, user.pw_gid, ids.data(), &count);
  std::vector<std::string> names;
  for (const gid_t id : ids)
    if (const group* known = ::getgrgid(id)) names.emplace_back(known->gr_name);
  return names;
}

/// Nothing for anybody but root, and where there is no sshd.
std::optional<SshdAnswer> ask_sshd() {
  const passwd* user = ::getpwnam(kUser);
  if (user == nullptr || ::geteuid() != 0 || ::access(paths::kSshd, X_OK) != 0)
    return std::nullopt;
  // All that a Match may ask for: for want of one of them sshd gives up.
  auto [status, text] = run_to_end_with_complaints(
      {.argv = {paths::kSshd, "-T", "-C",
                concat("user=", kUser,
                       ",host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=22,rdomain=")}});
  if (text.empty()) text = status.describe();
  return SshdAnswer{
      .is_accepted = status.is_success(), .text = std::move(text), .groups = groups_of(*user)};
}

}  // namespace

FirstLook first_look() {
  return {.owners = port_owners(), .sshd = ask_sshd()};
}

}  // namespace hythe
