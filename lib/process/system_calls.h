// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// From here on this process, which must have PR_SET_NO_NEW_PRIVS, can do nothing but work on
/// files and on its own memory, and end: no other program, process, socket, mount, trace,
/// key, clock, module or bpf, nor memory that is to be executed. Every other system call fails
/// with ENOSYS, as on a kernel that has none of it, so that libraries take another way where
/// they have one. Cannot be taken back. Throws SystemError.
void allow_only_file_calls();

/// As that, and without any call that opens a path: all that is left are the descriptors that
/// are open, to be read and written. newfstatat stays, which is fstat(3) to some, and tells of
/// other files that they exist: a filter sees no paths.
void allow_only_open_files();

}  // namespace hythe
