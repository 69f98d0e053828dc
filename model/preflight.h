// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/statvfs.h>

#include <cstdint>
#include <string_view>

namespace hythe {

/// What a deployment that builds would surely fail for, asked before a push is even sent.

/// Throws PushError (EX_TEMPFAIL) when the host's disks or memory have too little left: it says
/// how much there is, how much is needed, and how to make room.
void require_room();

/// The parts of it. `path` is on the disk, for the message.
void require_disk(std::string_view path, const struct statvfs& disk);
/// `meminfo` is the text of /proc/meminfo (proc(5)).
void require_memory(std::string_view meminfo);

}  // namespace hythe
