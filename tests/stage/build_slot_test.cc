// SPDX-License-Identifier: Apache-2.0
#include "model/build/build_slot.h"

#include <signal.h>
#include <sys/wait.h>

#include <filesystem>
#include <future>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/file/numbered_files.h"
#include "tests/stage/world.h"

namespace hythe::test {
namespace {

/// A build that waits for its slot in a thread of its own, and tells its places in the queue.
class Waiter {
 public:
  explicit Waiter(std::uint64_t count)
      : slot_(std::async(std::launch::async, [this, count] {
          return BuildSlot::take(count, cancellation_, [this](std::size_t before) {
            write_all(told_.write.get(), std::to_string(before));
          });
        })) {}

  /// The next thing it is told.
  [[nodiscard]] std::string next() {
    std::string text;
    pollfd told{.fd = told_.read.get(), .events = POLLIN, .revents = 0};
    if (::poll(&told, 1, 10'000) > 0) (void)read_some(told_.read.get(), text);
    return text;
  }
  void cancel() { cancel_.write.reset(); }
  [[nodiscard]] BuildSlot get() { return slot_.get(); }

 private:
  static Cancellation listening_to(const Pipe& pipe) {
    Cancellation cancellation;
    cancellation.watch(pipe.read.get());
    return cancellation;
  }
  Pipe told_ = Pipe::make();
  Pipe cancel_ = Pipe::make();
  Cancellation cancellation_ = listening_to(cancel_);
  std::future<BuildSlot> slot_;
};

class BuildSlots : public Stage {
 protected:
  static BuildSlot take_at_once(std::uint64_t count) {
    const Cancellation never;
    return BuildSlot::take(count, never, [](std::size_t) { FAIL() << "it has to wait"; });
  }
  static std::size_t tickets() { return numbered_files(paths::kBuildQueue, ".ticket").size(); }
};

TEST_F(BuildSlots, AreGivenInTheOrderOfArrivalAndPlacesAreTold) {
  std::optional<BuildSlot> first = take_at_once(2);
  std::optional<BuildSlot> second = take_at_once(2);
  Waiter third(2);
  EXPECT_EQ(third.next(), "0");
  Waiter fourth(2);
  EXPECT_EQ(fourth.next(), "1");
  second.reset();
  std::optional<BuildSlot> thirds = third.get();
  EXPECT_EQ(fourth.next(), "0");
  first.reset();
  (void)fourth.get();
  thirds.reset();
  EXPECT_EQ(tickets(), 0U) << "nothing is left of a queue that is empty";
}

TEST_F(BuildSlots, ComeBackFromAProcessThatWasKilled) {
  Pipe taken = Pipe::make();
  const pid_t pid = ::fork();
  if (pid == 0) {
    const BuildSlot slot = take_at_once(1);
    write_all(taken.write.get(), "+");
    for (;;) ::pause();
  }
  std::string word;
  ASSERT_TRUE(read_some(taken.read.get(), word));
  Waiter next(1);
  EXPECT_EQ(next.next(), "0");
  ::kill(pid, SIGKILL);
  (void)next.get();
  ::waitpid(pid, nullptr, 0);
  EXPECT_EQ(tickets(), 0U) << "the killed one's name is left";
}

TEST_F(BuildSlots, LoseAWaiterWhoIsCancelledAndTheOthersMoveUp) {
  std::optional<BuildSlot> first = take_at_once(1);
  Waiter second(1);
  EXPECT_EQ(second.next(), "0");
  Waiter third(1);
  EXPECT_EQ(third.next(), "1");
  second.cancel();
  EXPECT_THROW((void)second.get(), Cancelled);
  EXPECT_EQ(third.next(), "0");
  first.reset();
  (void)third.get();
}

}  // namespace
}  // namespace hythe::test
