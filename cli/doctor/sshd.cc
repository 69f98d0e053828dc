// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>

#include "cli/doctor/host.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr const char* kUser = "hythe";
constexpr const char* kAll = "*";
constexpr const char* kReload = ", then: systemctl reload ssh (or sshd)";

/// As sshd matches what is in its lists: '!' is no negation there.
bool matches(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  const std::string_view rest = pattern.substr(1);
  if (pattern[0] == '*')
    return matches(text, rest) || (!text.empty() && matches(text.substr(1), pattern));
  return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
         matches(text.substr(1), rest);
}

/// One may be USER@HOST. Where developers come from is not known here: they are taken to come
/// from where sshd lets them.
struct UserPattern {
  explicit UserPattern(std::string_view text)
      : user(text.substr(0, text.find('@'))),
        host(user.size() == text.size() ? kAll : text.substr(user.size() + 1)) {}
  std::string_view user;
  std::string_view host;
};

/// What sshd is told, by `keyword` in lower case: a line for each value.
std::vector<std::string> values_of(std::string_view keyword, const std::string& text) {
  std::vector<std::string> values;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(concat(keyword, ' ')))
      values.push_back(line.substr(keyword.size() + 1));
  return values;
}

struct Refusal {
  std::string why;
  std::string way_out;
};

/// In the order in which sshd asks.
std::optional<Refusal> refusal_by_lists(const SshdAnswer& answer) {
  const auto names_user = [](const std::string& text) {
    return matches(kUser, UserPattern(text).user);
  };
  const auto names_user_anywhere = [&](const std::string& text) {
    return names_user(text) && UserPattern(text).host == kAll;
  };
  const auto names_group = [&](const std::string& pattern) {
    return std::any_of(answer.groups.begin(), answer.groups.end(),
                       [&](const std::string& group) { return matches(group, pattern); });
  };
  const auto list = [&](const char* keyword) { return values_of(keyword, answer.text); };
  const auto has = [](const std::vector<std::string>& values, const auto& is_it) {
    return std::any_of(values.begin(), values.end(), is_it);
  };
  if (has(list("denyusers"), names_user_anywhere))
    return Refusal{"it is in DenyUsers", "take user hythe out of DenyUsers in sshd_config"};
  if (const auto users = list("allowusers"); !users.empty() && !has(users, names_user))
    return Refusal{"it is not in AllowUsers", "add hythe to AllowUsers in sshd_config"};
  if (has(list("denygroups"), names_group))
    return Refusal{"one of its groups is in DenyGroups",
                   "take its groups out of DenyGroups in sshd_config"};
  if (const auto groups = list("allowgroups"); !groups.empty() && !has(groups, names_group))
    return Refusal{"none of its groups is in AllowGroups",
                   "add hythe to AllowGroups in sshd_config"};
  return std::nullopt;
}

HostCheck wrong(std::string found, std::string way_out) {
  return {.name = "pushes",
          .state = HostCheck::State::wrong,
          .found = std::move(found),
          .way_out = std::move(way_out)};
}

/// sshd ends what it complains of as a terminal would have it.
std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

/// What it complains of before it has been started for the first time, which makes that.
bool is_unstarted(const std::string& complaint) {
  return complaint.find("Missing privilege separation directory") != std::string::npos ||
         complaint.find("no hostkeys available") != std::string::npos;
}

}  // namespace

std::optional<HostCheck> check_sshd(const SshdAnswer& answer) {
  if (!answer.is_accepted) {
    if (is_unstarted(answer.text)) return std::nullopt;
    return wrong(
        concat("sshd does not accept its configuration: ", printable(first_line(answer.text))),
        "put it right: sshd -t says when it is");
  }
  const std::string keys = concat(paths::kKeys, "/authorized_keys");
  const auto command = values_of("authorizedkeyscommand", answer.text);
  if (command.empty() || command.front().find(keys) == std::string::npos)
    return wrong(
        concat("sshd does not read ", paths::kSshdPart, ": nobody can push"),
        concat("have sshd_config begin with: Include /etc/ssh/sshd_config.d/*.conf", kReload));
  if (values_of("pubkeyauthentication", answer.text) == std::vector<std::string>{"no"})
    return wrong("sshd takes no keys: nobody can push",
                 concat("set PubkeyAuthentication yes in sshd_config", kReload));
  if (const auto refusal = refusal_by_lists(answer))
    return wrong(concat("sshd refuses user hythe: ", refusal->why),
                 concat(refusal->way_out, kReload));
  return HostCheck{.name = "pushes",
                   .state = HostCheck::State::fine,
                   .found = "sshd lets user hythe in, by key"};
}

}  // namespace hythe
