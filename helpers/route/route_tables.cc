// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/route_tables.h"

#include "core/paths.h"
#include "helpers/die.h"

namespace hythe::route_helper {
namespace {

constexpr int kTablesMs = 30'000;  // its holders only read and write small files
constexpr int kNginxMs = 120'000;  // its holders reload nginx, and combine their reloads

root::Lock lock(const char* name, int ms) noexcept {
  return root::Lock::take(root::Directory::make(paths::kPrivate, 0700), name,
                          root::Deadline::in_ms(ms));
}

}  // namespace

root::Lock lock_tables() noexcept {
  return lock("route-tables.lock", kTablesMs);
}
root::Lock lock_nginx() noexcept {
  return lock("route-nginx.lock", kNginxMs);
}

RouteTables RouteTables::open() noexcept {
  return RouteTables(root::Directory::make(paths::kRoutes, 0700));
}

std::optional<RouteTable> RouteTables::read(const AppName& app,
                                            std::span<char> memory) const noexcept {
  const auto text = bytes(app, memory);
  if (!text) return std::nullopt;
  auto table = parse_route_table(*text);
  if (!table) root::die(EX_CONFIG, "the route table of '", app.view(), "' is damaged");
  return table;
}

void RouteTables::write(const AppName& app,
                        std::optional<std::string_view> bytes) const noexcept {
  if (bytes) return directory_.replace(app.c_str(), 0600, *bytes);
  directory_.remove(app.c_str());
  directory_.sync();
}

RouteTable TableChange::parse_own(std::optional<std::string_view> bytes) const noexcept {
  const auto table = bytes ? parse_route_table(*bytes) : RouteTable{};
  if (!table) root::die(EX_CONFIG, "the route table of '", app_.view(), "' is damaged");
  return *table;
}

void TableChange::write(std::optional<std::string_view> before,
                        std::optional<std::string_view> after) noexcept {
  if (before == after) return;
  had_table_ = before.has_value();
  has_table_ = after.has_value();
  before_.add(before.value_or(std::string_view()));
  after_.add(after.value_or(std::string_view()));
  tables_.write(app_, after);
  is_made_ = true;
}

void TableChange::undo() noexcept {
  if (!is_made_) return;
  const root::Lock lock = lock_tables();
  char memory[kMaxRouteTable];
  const auto now = tables_.bytes(app_, memory);
  if (now.has_value() != has_table_ || now.value_or(std::string_view()) != after_.view())
    return;
  if (!had_table_) return tables_.write(app_, std::nullopt);
  // Its table did not name what it was about to lose: that was anybody's to have.
  RouteTable table = parse_own(before_.view());
  DomainList lost;
  tables_.for_each_domain_but_of(app_, [&](const AppName&, std::string_view domain) {
    for (const std::string_view ours : table.domains)
      if (ours == domain) (void)add_domain(ours, lost);
  });
  DomainList kept;
  for (const std::string_view ours : table.domains)
    if (!lost.contains(ours)) (void)add_domain(ours, kept);
  table.domains = kept;
  root::FixedText<kMaxRouteTable> text;
  write_route_table(text, table);
  tables_.write(app_, text.view());
}

}  // namespace hythe::route_helper
