// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// From here on neither this process nor any that it starts can put characters into a terminal
/// as if they had been typed: the ioctls TIOCSTI and TIOCLINUX fail with EPERM. All else is as
/// before. Cannot be taken back. The process must be root. Throws SystemError.
void deny_typing();

}  // namespace hythe
