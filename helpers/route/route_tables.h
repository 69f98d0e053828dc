// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/app_name.h"
#include "helpers/directory.h"
#include "helpers/lock.h"
#include "helpers/route/route_table.h"

namespace hythe::route_helper {

/// Root's tables, /var/lib/hythe/routes/APP: what the installed nginx texts are made from.
class RouteTables {
 public:
  [[nodiscard]] static RouteTables open() noexcept;

  /// The bytes of an app's table, in `memory`; nothing when it has none.
  [[nodiscard]] std::optional<std::string_view> bytes(const AppName& app,
                                                      std::span<char> memory) const noexcept {
    return directory_.read(app.c_str(), memory);
  }
  /// The same, read; its domains are views into `memory`. A damaged one ends the process.
  [[nodiscard]] std::optional<RouteTable> read(const AppName& app,
                                               std::span<char> memory) const noexcept;
  /// Nothing: the table goes.
  void write(const AppName& app, std::optional<std::string_view> bytes) const noexcept;

  template <class Visit>
  void for_each_app(Visit visit) const noexcept {
    directory_.for_each([&](const char* name) {
      if (const auto app = AppName::parse(name)) visit(*app);
    });
  }
  /// visit(owner, domain) for all that belong to other apps.
  template <class Visit>
  void for_each_domain_but_of(const AppName& app, Visit visit) const noexcept {
    for_each_app([&](const AppName& other) {
      if (other == app) return;
      char memory[kMaxRouteTable];
      if (const auto table = read(other, memory))
        for (const std::string_view domain : table->domains) visit(other, domain);
    });
  }

 private:
  explicit RouteTables(root::Directory directory) noexcept : directory_(std::move(directory)) {}
  root::Directory directory_;
};

/// Held while a table is compared and written, so that no two apps get one domain. Never held
/// while nginx is at work.
[[nodiscard]] root::Lock lock_tables() noexcept;

/// Held from the first look at nginx's files until nginx serves by them. Whoever waited for
/// it finds the change often loaded already: its holder installs the texts of all tables that
/// are written by then.
[[nodiscard]] root::Lock lock_nginx() noexcept;

/// One app's table, changed in a way that can be undone. Undoing leaves alone what another
/// call has written in the meantime.
class TableChange {
 public:
  /// Takes the lock of tables itself, as does undo().
  TableChange(const RouteTables& tables, const AppName& app) noexcept
      : tables_(tables), app_(app) {}

  /// Has `edit` change the app's table, an empty one if there is none, and writes it; where it
  /// already says the same, nothing is written. All that under the lock of tables. edit(table)
  /// says whether there is a table at all afterwards, and may end the process. A damaged table
  /// ends it, too.
  template <class Edit>
  void make(Edit edit) noexcept {
    const root::Lock lock = lock_tables();
    char memory[kMaxRouteTable];
    const auto bytes = tables_.bytes(app_, memory);
    RouteTable table = parse_own(bytes);
    const bool stays = edit(table);
    root::FixedText<kMaxRouteTable> text;
    write_route_table(text, table);
    write(bytes, stays ? std::optional(text.view()) : std::nullopt);
  }
  /// Call with the lock held: remembers what is there, and writes `after`, unless it is the
  /// same.
  void write(std::optional<std::string_view> before,
             std::optional<std::string_view> after) noexcept;
  /// Puts back what was there, but for domains that another app has got meanwhile; nothing when
  /// somebody has written the table since.
  void undo() noexcept;

 private:
  [[nodiscard]] RouteTable parse_own(std::optional<std::string_view> bytes) const noexcept;

  const RouteTables& tables_;
  const AppName& app_;
  bool is_made_ = false;
  bool had_table_ = false;
  bool has_table_ = false;
  root::FixedText<kMaxRouteTable> before_;
  root::FixedText<kMaxRouteTable> after_;
};

}  // namespace hythe::route_helper
