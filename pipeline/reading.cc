// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reading.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>

#include "lib/complaint.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "model/log_follower.h"

namespace hythe {
namespace {

/// Of the output, for a reader who may leave. What lies between git and a network that is gone
/// without a word holds as much in any case: so git, whose answer follows the output, is never
/// stuck behind it.
constexpr std::uint64_t kShareOfWhoMayLeave = 100U << 10U;

/// One pass of a push's output to its reader.
class Reading {
 public:
  Reading(const Deployment& deployment, const Reader& reader, const Channel& channel,
          Decision decision, int pidfd)
      : log_(deployment.log_path(), reader.out_fd, reader.colours),
        reader_(reader),
        channel_(channel),
        decision_(decision),
        decision_fd_(decision == Decision::go_ahead ? channel.said_fd() : pidfd) {
    if (reader.may_leave) log_.stop_after(kShareOfWhoMayLeave);
  }

  /// False when the reader is gone.
  [[nodiscard]] bool copy_until_decided() {
    for (;;) {
      if (!log_.copy()) return false;
      if (is_decided_ && !log_.has_more()) return true;
      if (is_asked_ && has_been_read()) {
        channel_.answer_that_it_is_read();
        is_asked_ = false;
      }
      if (!wait()) return false;
    }
  }
  /// What is still to come when the reader is gone. A deployment that has moved traffic is
  /// about to say so; one that goes on by itself takes as long as it takes.
  void wait_for_decision() {
    constexpr int kLongestMs = 10'000;
    pollfd said{.fd = decision_fd_, .events = POLLIN, .revents = 0};
    while (!is_decided_) {
      if (is_asked_ && reader_.may_leave) channel_.answer_that_it_is_read();
      is_asked_ = false;
      const int ready = ::poll(&said, 1, reader_.may_leave ? -1 : kLongestMs);
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) return;
      listen();
    }
  }
  [[nodiscard]] bool is_cut() const { return log_.is_cut(); }
  [[nodiscard]] bool is_decided() const { return is_decided_; }
  [[nodiscard]] bool git_may_go_ahead() const { return git_may_go_ahead_; }

 private:
  [[nodiscard]] bool wait() {
    pollfd fds[] = {
        {.fd = log_.changed_fd(), .events = POLLIN, .revents = 0},
        {.fd = log_.has_more() ? reader_.out_fd : -1, .events = POLLOUT, .revents = 0},
        {.fd = is_decided_ ? -1 : decision_fd_, .events = POLLIN, .revents = 0},
        {.fd = reader_.client_fd, .events = 0, .revents = 0}};
    constexpr int kUntilPipeIsEmptyMs = 10;  // which is no event for poll(2)
    const int patience = is_asked_ ? kUntilPipeIsEmptyMs : log_.patience_ms();
    if (::poll(fds, std::size(fds), patience) < 0 && errno != EINTR)
      throw SystemError(errno, "poll");
    if ((fds[3].revents & (POLLERR | POLLHUP)) != 0) return false;
    if (fds[2].revents != 0) listen();
    return true;
  }
  void listen() {
    if (decision_ == Decision::end) {
      is_decided_ = true;
      return;
    }
    switch (channel_.listen()) {
      case Channel::Said::is_it_read:
        is_asked_ = true;
        return;
      case Channel::Said::go_ahead:
        git_may_go_ahead_ = true;
        is_decided_ = true;
        return;
      case Channel::Said::nothing_more:
        is_decided_ = true;
        return;
    }
  }
  /// Whether git has taken all of it out of our pipe, to pass it on to its client.
  [[nodiscard]] bool has_been_read() const {
    int unread = 0;
    if (log_.has_more()) return false;
    return ::ioctl(reader_.out_fd, FIONREAD, &unread) != 0 || unread == 0;
  }

  LogFollower log_;
  const Reader& reader_;
  const Channel& channel_;
  Decision decision_;
  int decision_fd_;
  bool is_asked_ = false;
  bool is_decided_ = false;
  bool git_may_go_ahead_ = false;
};

int exit_code_of(int pidfd) {
  siginfo_t info = {};
  while (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED) != 0)
    if (errno != EINTR) return EX_OSERR;
  return info.si_code == CLD_EXITED ? info.si_status : EX_SOFTWARE;
}

/// How it came out, for a reader who was not shown all of it.
void show_end(const Deployment& deployment, int out_fd) {
  constexpr std::uintmax_t kEnough = 1000;
  const UniqueFd log = open_file(deployment.log_path(), O_RDONLY);
  const auto size = std::filesystem::file_size(deployment.log_path());
  ::lseek(log.get(), static_cast<off_t>(size - std::min(size, kEnough)), SEEK_SET);
  std::string end;
  while (read_some(log.get(), end)) {
  }
  end.erase(0, end.find('\n') + 1);
  write_all(out_fd, concat("\nall of the output: hythe deployments ", deployment.app.view(),
                           ' ', deployment.number, "\nit ends:\n", end));
}

/// A deployment that could say nothing of its end: it was killed, or the disk is full.
void speak_for(const Deployment& deployment, int out_fd) {
  const auto record = Deployment::load(deployment.app, deployment.number);
  if (record && is_final(record->status)) return;
  const auto message = concat(
      "deployment ", deployment.number, " ended without a word: it was killed, or the disk is ",
      "full\nwhat it did: hythe deployments ", deployment.app.view(), ' ', deployment.number);
  const UniqueFd log(::open(deployment.log_path().c_str(), O_RDONLY | O_CLOEXEC));
  const bool is_in_a_line = log && lacks_last_newline(log.get());
  write_all(out_fd, concat(is_in_a_line ? "\n" : "", as_complaint(message), '\n'));
}

}  // namespace

int read_along(const Deployment& deployment, const Reader& reader, Channel channel,
               Decision decision, int pidfd) {
  channel.become_reader();
  Reading reading(deployment, reader, channel, decision, pidfd);
  const bool is_read = reading.copy_until_decided();
  if (!is_read) {
    if (!reader.may_leave) channel.hang_up();
    reading.wait_for_decision();
    if (!reading.is_decided()) return EX_IOERR;
  }
  if (is_read && reading.is_cut()) show_end(deployment, reader.out_fd);
  if (reading.git_may_go_ahead()) return EX_OK;
  const int code = exit_code_of(pidfd);
  if (is_read) speak_for(deployment, reader.out_fd);
  return code;
}

}  // namespace hythe
