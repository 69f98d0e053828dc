// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/descriptors.h"
#include "lib/process/cancellation.h"

namespace hythe {

/// What a deployment and its first reader tell each other beside the log; both are born with
/// both ends and keep their own. While the reader is there, it is wanted.
///
///   deployment → reader   '?'  has all that was said been taken?
///                         '+'  git may go ahead
///   reader → deployment   '!'  it has
///                         hanging up: nobody wants it any more
class Channel {
 public:
  Channel() : to_deployment_(Pipe::make()), to_reader_(Pipe::make()) {}

  // The deployment's side.
  void become_deployment();
  /// From now on the deployment is cancelled when its reader hangs up.
  void need_reader(Cancellation& cancellation) const;
  /// Returns when the reader has passed on all that was said: from then on git's answer is
  /// not held up by a client that takes nothing. Throws Cancelled, and PushError when it has
  /// not after ten minutes.
  void wait_until_read(const Cancellation& cancellation) const;
  void let_git_go_ahead() const;

  // The reader's side.
  void become_reader();
  /// Readable when the deployment has said something, or is gone.
  [[nodiscard]] int said_fd() const { return to_reader_.read.get(); }
  enum class Said { is_it_read, go_ahead, nothing_more };
  [[nodiscard]] Said listen() const;
  void answer_that_it_is_read() const;
  void hang_up() { to_deployment_.write.reset(); }

 private:
  Pipe to_deployment_;
  Pipe to_reader_;
};

}  // namespace hythe
