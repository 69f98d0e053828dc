// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/archive_contents.h"

namespace hythe {

/// Reads all of an archive, a tar or a zip, and writes the bytes of its files to `bytes`, one
/// after the other.
///
/// Refused are a path that leads out of the archive or through a file or a symbolic link, a
/// device, a pipe, a socket, and what is encrypted.
///
/// Of a path that comes again the last one holds, as when it is unpacked. A hard link is
/// another file with the same bytes, if these came before. Nobody looks at set-id bits, owners
/// and attributes. .git, and __MACOSX of Apple's zips, are left out.
///
/// When all of it lies in one folder, that is taken away. Throws PushError, which names the
/// limit when one is reached.
[[nodiscard]] ArchiveContents survey_archive(int archive, int bytes, const Limits& limits);

}  // namespace hythe
