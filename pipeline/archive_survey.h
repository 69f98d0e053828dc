// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/archive_contents.h"

namespace hythe {

/// Reads all of an archive, a tar or a zip, and writes the bytes of its files to `bytes`, one
/// after the other. What becomes of each member:
///
///   a path that leads out of the archive, a device, a pipe, a socket, what is encrypted:
///   refused the same path again: the last one holds, as when it is unpacked a path through a
///   file or a symbolic link: refused a hard link: another file with the same bytes, if these
///   came before set-id bits, owners, attributes: nobody looks at them .git, and __MACOSX of
///   Apple's zips: left out
///
/// When all of it lies in one folder, that is taken away. Throws PushError, which names the
/// limit when one is reached.
[[nodiscard]] ArchiveContents survey_archive(int archive, int bytes, const Limits& limits);

}  // namespace hythe
