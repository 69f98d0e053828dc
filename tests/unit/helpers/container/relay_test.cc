// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/relay.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <optional>

namespace hythe::container {
namespace {

/// A relay between two pipes, worked by poll(2) as in real life.
template <class R>
class Line {
 public:
  Line() {
    int fds[2];
    EXPECT_EQ(::pipe2(fds, O_CLOEXEC), 0);
    source_read_.reset(fds[0]);
    source.reset(fds[1]);
    EXPECT_EQ(::pipe2(fds, O_CLOEXEC | O_NONBLOCK), 0);
    target.reset(fds[0]);
    target_write_.reset(fds[1]);
    relay_.emplace(source_read_.get(), target_write_.get(), Relay::kToCaller);
  }
  void say(std::string_view text) {
    EXPECT_EQ(::write(source.get(), text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  void work() {
    for (int i = 0; i < 8; ++i) {
      struct pollfd events[] = {relay_->source(), relay_->target()};
      if (::poll(events, 2, 0) > 0) relay_->move(events[0].revents, events[1].revents);
    }
  }
  std::string heard() {
    char buffer[65536];
    const ssize_t n = ::read(target.get(), buffer, sizeof buffer);
    return {buffer, n > 0 ? static_cast<std::size_t>(n) : 0};
  }
  const R& relay() const { return *relay_; }

  UniqueFd source;
  UniqueFd target;

 private:
  UniqueFd source_read_;
  UniqueFd target_write_;
  std::optional<R> relay_{};
};

TEST(Relay, PassesBytesAndTheirEnd) {
  Line<Relay> line;
  line.say("hello");
  line.work();
  EXPECT_EQ(line.heard(), "hello");
  EXPECT_FALSE(line.relay().is_over());
  line.source.reset();
  line.work();
  EXPECT_TRUE(line.relay().is_over());
}

TEST(Relay, ThrowsAwayWhatNobodyReads) {
  Line<Relay> line;
  line.target.reset();
  line.work();
  EXPECT_TRUE(line.relay().is_unread());
  // A pipe is smaller where a user has many.
  const std::string most(
      static_cast<std::size_t>(::fcntl(line.source.get(), F_GETPIPE_SZ)) / 4 * 3, 'x');
  line.say(most);
  line.work();
  line.say(most);  // would block if the first had not been read
  line.source.reset();
  line.work();
  EXPECT_TRUE(line.relay().is_over());
}

TEST(AnswerRelay, PassesWholeAnswersOnly) {
  Line<AnswerRelay> line;
  line.say({"language\0Ru", 11});
  line.work();
  EXPECT_EQ(line.heard(), "");
  line.say({"by\0size\0001", 9});
  line.work();
  EXPECT_EQ(line.heard(), std::string("language\0Ruby\0", 14));
  line.source.reset();
  line.work();
  EXPECT_TRUE(line.relay().is_over());
  EXPECT_EQ(line.heard(), "");
}

TEST(AnswerRelay, LetsNobodyAnswerForRoot) {
  Line<AnswerRelay> line;
  line.say(
      {"exit\0000\0victim\000node\0started\0001\0oom\0001\0signal\0009\0timeout\0001\0size\0007"
       "\0"
       "language\0007\0",
       72});
  line.work();
  EXPECT_EQ(line.heard(), std::string("language\0007\0", 11));
}

}  // namespace
}  // namespace hythe::container
