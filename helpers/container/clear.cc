// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>  // renameat2

#include <string>

#include "helpers/container/app_trees.h"
#include "helpers/container/background.h"
#include "helpers/container/removal.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {

/// A build that runs has copied the cache before, and its own takes the place of this one.
int clear(const LaunchRequest& request) {
  const Slot slot = require_slot(request.app);
  const root::Directory cache = open_cache(request.app, slot);
  remove_old_caches(cache, slot);
  const std::string old = ".old-" + std::to_string(::getpid());
  // Removed at once: a cache is cleared because something is wrong with it, or for its room.
  if (::renameat2(cache.fd(), "tree", cache.fd(), old.c_str(), RENAME_NOREPLACE) != 0)
    root::die_errno("set the cache of '", request.app.view(), "' aside");
  if (!make_directory_for(cache.fd(), "tree", slot.uid()))
    root::die_errno("make the cache of '", request.app.view(), "'");
  if (!remove_as(slot, cache.fd(), old.c_str()))
    root::die_errno("remove the old cache of '", request.app.view(), "'");
  return EX_OK;
}

}  // namespace hythe::container
