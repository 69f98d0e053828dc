// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app_name.h"
#include "helpers/route/nginx_files.h"
#include "helpers/route/route_tables.h"
#include "helpers/text.h"

namespace hythe::route_helper {

/// Why nginx does not serve by the tables.
struct Failure {
  int sysexit = 0;
  root::FixedText<4608> sentence;
};

/// The tables and the files made from them.
struct Routes {
  RouteTables tables;
  NginxFiles files;

  [[nodiscard]] static Routes open() noexcept {
    return {RouteTables::open(), NginxFiles::open()};
  }
};

/// Whether nginx serves by what the app's table says and nothing is to be done: the case of
/// nearly every deployment, in which no process is started. Needs no lock: a text whose
/// reload is still under way lies beside its predecessor, and does not count.
[[nodiscard]] bool is_served(const Routes& routes, const AppName& app) noexcept;

/// Installs the texts of all tables that differ from their files, lets nginx test and load
/// them, and returns true when every new request is served by them. Otherwise the files are
/// as they were and `failure` says why. An app without a text needs no running nginx. Call
/// it under lock_nginx().
[[nodiscard]] bool serve(const Routes& routes, const AppName& app, Failure& failure) noexcept;

/// Lets nginx serve by an app's table, which `change` has written, and returns when it does.
/// Otherwise undoes the change and ends the process. Combined with other apps' changes of the
/// same moment.
void serve_or_undo(const Routes& routes, const AppName& app, TableChange& change) noexcept;

/// The same for all apps at once. Without a running nginx the files are installed all the
/// same, for its start, and what would keep it from starting is removed.
[[nodiscard]] bool serve_all(const Routes& routes, Failure& failure) noexcept;

}  // namespace hythe::route_helper
