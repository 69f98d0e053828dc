// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "cli/arguments.h"
#include "cli/caller.h"

namespace hythe {

/// One verb of `hythe`: what it is called, how it is typed, what it does.
struct Verb {
  const char* name;
  const char* usage;    // the words after the name
  const char* summary;  // one line
  /// Returns the exit code. Throws PushError and SystemError.
  int (*run)(Arguments& arguments, const Caller& caller);
};

// One file each.
int create(Arguments&, const Caller&);
int list(Arguments&, const Caller&);
int info(Arguments&, const Caller&);
int destroy(Arguments&, const Caller&);
int deploy(Arguments&, const Caller&);
int link(Arguments&, const Caller&);
int unlink(Arguments&, const Caller&);
int env(Arguments&, const Caller&);
int domains(Arguments&, const Caller&);
int scale(Arguments&, const Caller&);
int restart(Arguments&, const Caller&);
int stop(Arguments&, const Caller&);
int start(Arguments&, const Caller&);
int settings(Arguments&, const Caller&);
int tcp(Arguments&, const Caller&);
int limits(Arguments&, const Caller&);
int cache(Arguments&, const Caller&);
int build_dry(Arguments&, const Caller&);
int ps(Arguments&, const Caller&);
int logs(Arguments&, const Caller&);
int run(Arguments&, const Caller&);
int cron(Arguments&, const Caller&);
int cancel(Arguments&, const Caller&);
int deployments(Arguments&, const Caller&);
int releases(Arguments&, const Caller&);
int rollback(Arguments&, const Caller&);
int diff(Arguments&, const Caller&);
int gc(Arguments&, const Caller&);
int keys(Arguments&, const Caller&);
int restore(Arguments&, const Caller&);
int stack(Arguments&, const Caller&);
int version(Arguments&, const Caller&);

// As who started them, which may be root: they become user hythe later, or only for parts of
// what they do.
int doctor_as_root(Arguments&, const Caller&);
int migrate_as_root(Arguments&, const Caller&);
int setup_as_root(Arguments&, const Caller&);

}  // namespace hythe
