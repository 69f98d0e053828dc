// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slot.h"

namespace hythe::container {

/// Removes a file or directory tree that only root has ever written to. It follows no
/// symlink and enters no other file system. False when something remained.
bool remove_own(int dir, const char* name);

/// Removes a tree that an app has written, `name` in root's directory `dir`: a forked child
/// that has become the app's user for good empties it, and root itself removes nothing but
/// the empty directory. Nothing the app has put there can therefore make root touch anything.
/// False when something remained.
bool remove_as(Slot slot, int dir, const char* name);

}  // namespace hythe::container
