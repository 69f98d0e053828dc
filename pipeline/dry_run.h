// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/app.h"
#include "model/release.h"
#include "pipeline/launch.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"

namespace hythe {

/// The release of a dry run, which is forgotten when this object goes; any other stays.
class Throwaway {
 public:
  Throwaway(const Order& order, const Release& release)
      : release_(order.options.dry_run ? &release : nullptr) {}
  Throwaway(const Throwaway&) = delete;
  Throwaway& operator=(const Throwaway&) = delete;
  ~Throwaway();

 private:
  const Release* release_;
};

/// There is no such release any more; nothing may run from it.
void forget_release(const AppName& app, Number release);

/// Process types that must never run twice run already: a dry run starts none of them.
void leave_out_what_runs_once(App& app);

/// The end of a dry run that came through: what would have been deployed, in place of what.
void report_dry_run(const Order& order, const Release& release, const Launched& launched,
                    Progress& progress);

}  // namespace hythe
