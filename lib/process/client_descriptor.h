// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// How a push learns that its client is gone. git gives its hook no signal, and the hook's
/// own stdout never tells (facts: output over the push). So hythe-shell keeps a duplicate of
/// its stdout, which is sshd's pipe, under a number that git passes on; polling it answers
/// POLLERR when the connection is gone.

/// Makes the duplicate, inheritable, and says so in the environment.
void hand_down_client_descriptor();

/// The duplicate, closed on exec from here on; -1 when there is none (a push without ssh).
[[nodiscard]] int inherited_client_descriptor();

}  // namespace hythe
