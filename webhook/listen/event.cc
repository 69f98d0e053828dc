// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/event.h"

#include "core/decimal.h"
#include "lib/git/oid.h"
#include "lib/json.h"

namespace hythe {
namespace {

constexpr std::uint64_t kMaxRequest = 999'999'999;

bool is_oid(const std::string& text) {
  return Oid::parse(text).has_value();
}

/// The same with both forges.
std::optional<Event> read_push(const Json& body, Event event) {
  constexpr std::string_view kBranches = "refs/heads/";
  const std::string ref = body.text({"ref"});
  event.commit = body.text({"after"});
  if (ref.empty() || !is_oid(event.commit)) return std::nullopt;
  if (ref.starts_with(kBranches) && !Oid::parse(event.commit)->is_zero())
    event.branch = ref.substr(kBranches.size());
  event.kind = Event::Kind::push;
  return event;
}

std::optional<Event> with_request(Event event, const std::string& number) {
  const auto parsed = parse_decimal(number, kMaxRequest);
  if (!parsed || *parsed == 0 || !is_oid(event.request.commit) ||
      event.request.branch.empty() || event.request.base.empty())
    return std::nullopt;
  event.request.number = *parsed;
  event.kind = Event::Kind::request;
  return event;
}

std::optional<Event> read_github(const std::string& name, const Json& body) {
  Event event{.repository = body.text({"repository", "full_name"})};
  if (name == "ping") event.kind = Event::Kind::ping;
  if (name == "push") return read_push(body, std::move(event));
  if (name != "pull_request") return event;
  const std::string head = body.text({"pull_request", "head", "repo", "full_name"});
  event.request = {.action = body.text({"action"}),
                   .is_open = body.text({"pull_request", "state"}) == "open",
                   .is_from_fork = head != event.repository,  // also one that is gone
                   .branch = body.text({"pull_request", "head", "ref"}),
                   .base = body.text({"pull_request", "base", "ref"}),
                   .commit = body.text({"pull_request", "head", "sha"})};
  return with_request(std::move(event), body.text({"number"}));
}

std::optional<Event> read_gitlab(const std::string& name, const Json& body) {
  Event event{.repository = body.text({"project", "path_with_namespace"})};
  if (name == "Push Hook") return read_push(body, std::move(event));
  if (name != "Merge Request Hook") return event;
  const auto attribute = [&body](const char* key) {
    return body.text({"object_attributes", key});
  };
  event.request = {
      .action = attribute("action"),
      .is_open = attribute("state") == "opened",
      .is_from_fork = attribute("source_project_id").empty() ||
                      attribute("source_project_id") != attribute("target_project_id"),
      .branch = attribute("source_branch"),
      .base = attribute("target_branch"),
      .commit = body.text({"object_attributes", "last_commit", "id"})};
  return with_request(std::move(event), attribute("iid"));
}

}  // namespace

std::optional<Event> Event::parse(Forge forge, const std::string& name,
                                  const std::string& body) {
  const auto json = Json::parse(body);
  if (!json) return std::nullopt;
  return forge == Forge::github ? read_github(name, *json) : read_gitlab(name, *json);
}

}  // namespace hythe
