// SPDX-License-Identifier: Apache-2.0
#include "lib/process/cancellation.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

TEST(Cancellation, ComesWhenTheOtherEndOfAPipeIsClosed) {
  Pipe pipe = Pipe::make();
  Cancellation cancellation;
  cancellation.watch(pipe.read.get());
  pipe.read.reset();
  EXPECT_NO_THROW(cancellation.throw_if_cancelled());
  pipe.write.reset();
  EXPECT_THROW(cancellation.throw_if_cancelled(), Cancelled);
  EXPECT_THROW((void)cancellation.wait({}, Deadline(Milliseconds(0))), Cancelled);
}

TEST(Cancellation, NeverComesOnceDisarmed) {
  Pipe pipe = Pipe::make();
  Cancellation cancellation;
  cancellation.watch(pipe.read.get());
  cancellation.disarm();
  pipe.write.reset();
  EXPECT_NO_THROW(cancellation.throw_if_cancelled());
}

TEST(Cancellation, SaysWhoCancelled) {
  char directory[] = "/tmp/cancellation-XXXXXX";
  const std::string path = concat(::mkdtemp(directory), "/beacon");
  Cancellation cancellation;
  cancellation.listen_at(Beacon::light(path));
  Beacon::see(path).reset();
  EXPECT_NO_THROW(cancellation.throw_if_cancelled()) << "somebody only looked";
  const UniqueFd seen = Beacon::see(path);
  write_all(seen.get(), "al\x1bice\nbob\n");
  EXPECT_THROW(cancellation.throw_if_cancelled(), Cancelled);
  EXPECT_THROW(cancellation.throw_if_cancelled(), Cancelled) << "once is for good";
  EXPECT_EQ(cancellation.reason(), "cancelled by al\\x1bice");
  cancellation.disarm();
  EXPECT_FALSE(Beacon::see(path)) << "nobody listens any more";
  std::filesystem::remove_all(directory);
}

TEST(Cancellation, WaitsForADescriptorOrTheDeadline) {
  Pipe pipe = Pipe::make();
  const Cancellation cancellation;
  pollfd readable{.fd = pipe.read.get(), .events = POLLIN, .revents = 0};
  EXPECT_FALSE(cancellation.wait({&readable, 1}, Deadline(Milliseconds(5))));
  write_all(pipe.write.get(), "x");
  EXPECT_TRUE(cancellation.wait({&readable, 1}, Deadline(Milliseconds(10'000))));
  EXPECT_EQ(readable.revents, POLLIN);
}

}  // namespace
}  // namespace hythe
