// SPDX-License-Identifier: Apache-2.0
// hythe-webhook: listens to forges, and writes down what they tell. It runs nothing, and needs
// no right but to read links and to write deliveries: hythe-deliver does the rest.
#include <sys/prctl.h>
#include <sysexits.h>

#include <iostream>

#include "core/paths.h"
#include "lib/complaint.h"
#include "lib/errors.h"
#include "model/forge/service.h"
#include "webhook/listen/listening_socket.h"
#include "webhook/listen/server.h"

int main() {
  try {
    hythe::become_service("start it: systemctl start hythe-webhook");
    // Also where there is no systemd: no setuid program is one to us, and nobody of our own
    // user reads the secrets in our memory.
    hythe::require_done(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                            ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0,
                        "give up privileges");
    hythe::Reception reception;
    constexpr int kBacklog = 1024;
    hythe::serve(hythe::listening_socket(hythe::paths::kWebhookSocket, kBacklog), reception);
    return EX_OK;
  } catch (const std::exception& error) {
    std::cerr << hythe::as_complaint(error.what()) << '\n';
    return EX_SOFTWARE;
  }
}
