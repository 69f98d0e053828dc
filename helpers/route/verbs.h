// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>

#include "core/helper_contract.h"

/// What hythe-route does (core/helper_contract.h). Each returns when it is done and ends the
/// process with one sentence and an exit code when it is not; nothing has changed then:
///
///   EX_DATAERR 65      a domain that is none, or too many of them
///   EX_NOINPUT 66      there is no such app
///   EX_UNAVAILABLE 69  nginx does not run, or nginx or nft does not do what it was told;
///                      no port is free
///   EX_TEMPFAIL 75     another call, or the caller's stdin, took too long
///   EX_NOPERM 77       a domain of another app or of the administrator's nginx, or a wildcard
///                      that root did not give
///   EX_CONFIG 78       nginx refuses its configuration; or root's own state is damaged
namespace hythe::route_helper {

/// stdin: the app's domains, one a line. The live lane keeps its numbers of containers until
/// it is free: its upstream lists exactly those that run.
void set(const RouteRequest& request, uid_t caller) noexcept;

/// As `set`, but for the counts, which stay.
void set_domains(const RouteRequest& request, uid_t caller) noexcept;

/// Root's word that an app may have domains that it could not give itself. nginx is not told:
/// that comes with the app's next change.
void claim(const RouteRequest& request, uid_t caller) noexcept;

/// One file operation and, for an app with a port, one transaction of the kernel's; then
/// nginx is asked, if the app has a public server, and the old lane is live again unless it
/// sees the new one.
void switch_lane(const AppName& app, Lane lane) noexcept;

/// Also for an app that is gone already.
void off(const AppName& app) noexcept;

/// Which port of the host leads to an app's `tcp` containers.
void port(const AppName& app) noexcept;
void allot(const RouteRequest& request) noexcept;
/// Also for an app that is gone already.
void free_port(const AppName& app) noexcept;

/// Without an app: for all of them, whatever the kernel has.
void balance(const std::optional<AppName>& app) noexcept;

void sync() noexcept;

/// Changes nothing. EX_UNAVAILABLE when there was something to be answered.
void check(const std::optional<AppName>& only) noexcept;

}  // namespace hythe::route_helper
