// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/dismissal.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

namespace hythe::container {

void Dismissal::ask_for(Step step, std::int64_t now_ms) {
  if (step <= reached_) return;
  if (!has_begun()) kill_at_ms_ = now_ms + kGraceMs;
  due_ = step;
  due_at_ms_ = now_ms;
}

Dismissal::Step Dismissal::next(std::int64_t now_ms) {
  if (due_ == Step::none || now_ms < due_at_ms_) return Step::none;
  reached_ = due_;
  switch (reached_) {
    case Step::hang_up:
      due_ = Step::terminate;
      due_at_ms_ = now_ms + kHangUpMs;
      break;
    case Step::terminate:
      due_ = Step::kill;
      due_at_ms_ = kill_at_ms_;
      break;
    case Step::kill:
    case Step::none:
      due_ = Step::none;
      break;
  }
  return reached_;
}

int Dismissal::patience_ms(std::int64_t now_ms) const {
  if (due_ == Step::none) return -1;
  return static_cast<int>(std::clamp<std::int64_t>(due_at_ms_ - now_ms, 0, INT_MAX));
}

void dismiss(Dismissal& dismissal, const Running& running, const ContainerId& id,
             std::int64_t now_ms) {
  const auto tell = [&running](int number) {
    ::syscall(SYS_pidfd_send_signal, running.pidfd.get(), number, nullptr, 0U);
  };
  switch (dismissal.next(now_ms)) {
    case Dismissal::Step::hang_up:
      return tell(SIGHUP);
    case Dismissal::Step::terminate:
      return tell(SIGTERM);
    case Dismissal::Step::kill:
      return running.kill(id);
    case Dismissal::Step::none:
      return;
  }
}

}  // namespace hythe::container
