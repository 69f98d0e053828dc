// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe::stacks {

/// Looks at a tree once more, with nothing to believe: throws PushError unless it consists of
/// files, directories and symlinks that are root's, that nobody else can write and that have no
/// set-id bits. Whoever has read the archive had another's bytes in hand; user hythe can enter
/// the tree, and must find nothing in it that runs as root.
void require_harmless(int tree);

}  // namespace hythe::stacks
