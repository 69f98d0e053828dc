// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/helper_contract.h"

/// What hythe-container does, a file each. They return its exit code, a sysexit:
///
///   64 EX_USAGE        not a request of core/helper_contract.h
///   65 EX_DATAERR      what came on stdin is not a ContainerSpec
///   66 EX_NOINPUT      there is no such app, release or build
///   69 EX_UNAVAILABLE  no slot or address is free
///   70 EX_SOFTWARE     crun, ip or nft refused what we told them
///   71 EX_OSERR        a system call failed
///   73 EX_CANTCREAT    the release exists already
///   74 EX_IOERR        the disk is full or broken
///   75 EX_TEMPFAIL     somebody else holds it still
///   78 EX_CONFIG       the host's files are not as hythe leaves them
///
/// `run` exits as the command did, 128 + n for signal n, or 125 (kCannotRun) when it could
/// not be started. `attach` does so, too, once it has answered, or with 124 (kTimedOut), as
/// timeout(1) does, when its time was up. `build` and `start` exit 0 once there was something
/// to answer: how it ended is in the answers.
namespace hythe::container {

inline constexpr int kTimedOut = 124;
inline constexpr int kCannotRun = 125;

[[nodiscard]] int create(const LaunchRequest& request);
[[nodiscard]] int destroy(const LaunchRequest& request);
[[nodiscard]] int build(const LaunchRequest& request);
[[nodiscard]] int release(const LaunchRequest& request);
[[nodiscard]] int discard(const LaunchRequest& request);
[[nodiscard]] int usage(const LaunchRequest& request);
[[nodiscard]] int clear(const LaunchRequest& request);
[[nodiscard]] int inspect(const LaunchRequest& request);
[[nodiscard]] int mend(const LaunchRequest& request);
[[nodiscard]] int start(const LaunchRequest& request);
[[nodiscard]] int run(const LaunchRequest& request);
[[nodiscard]] int attach(const LaunchRequest& request);
[[nodiscard]] int detach(const LaunchRequest& request);
[[nodiscard]] int end(const LaunchRequest& request);
[[nodiscard]] int retire(const LaunchRequest& request);
[[nodiscard]] int stop(const LaunchRequest& request);

}  // namespace hythe::container
