// SPDX-License-Identifier: Apache-2.0
#include "pipeline/channel.h"

#include "lib/errors.h"

namespace hythe {
namespace {

constexpr char kIsItRead = '?';
constexpr char kGoAhead = '+';
constexpr char kItIs = '!';

void say(int fd, char word) {
  write_all(fd, {&word, 1});
}

}  // namespace

void Channel::become_deployment() {
  to_deployment_.write.reset();
  to_reader_.read.reset();
}

void Channel::need_reader(Cancellation& cancellation) const {
  cancellation.watch_hang_up(to_deployment_.read.get());
}

void Channel::wait_until_read(const Cancellation& cancellation) const {
  constexpr Milliseconds kLongest = std::chrono::minutes(10);
  say(to_reader_.write.get(), kIsItRead);
  pollfd answer{.fd = to_deployment_.read.get(), .events = POLLIN, .revents = 0};
  if (!cancellation.wait({&answer, 1}, Deadline(kLongest)))
    throw PushError("whoever pushed does not take the output of the push\npush again");
  std::string word;
  (void)read_some(to_deployment_.read.get(), word);
}

void Channel::let_git_go_ahead() const {
  say(to_reader_.write.get(), kGoAhead);
}

void Channel::become_reader() {
  to_deployment_.read.reset();
  to_reader_.write.reset();
}

Channel::Said Channel::listen() const {
  std::string words;
  (void)read_some(to_reader_.read.get(), words);
  if (words.find(kGoAhead) != std::string::npos) return Said::go_ahead;
  return words.empty() ? Said::nothing_more : Said::is_it_read;
}

void Channel::answer_that_it_is_read() const {
  say(to_deployment_.write.get(), kItIs);
}

}  // namespace hythe
