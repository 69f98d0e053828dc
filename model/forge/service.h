// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// What every process of hythe's that is there for long begins with: nobody but user hythe may
/// run it, and its files are that user's alone. Throws PushError (EX_NOPERM) that says how it
/// is started.
void become_service(const char* how);

}  // namespace hythe
