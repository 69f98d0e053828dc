// SPDX-License-Identifier: Apache-2.0
#include "cli/take_archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "lib/errors.h"
#include "lib/printable.h"
#include "model/archive_download.h"

namespace hythe {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestAddress = 300;

std::string quoted(const std::string& path) {
  return concat('\'', printable(path), '\'');
}

UniqueFd open_archive(const std::string& path) {
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0)
    throw PushError(
        concat("cannot open ", quoted(path), " as user hythe: ", std::strerror(errno),
               "\ngive it as stdin: hythe deploy APP - < FILE"),
        EX_NOINPUT);
  if (S_ISDIR(status.st_mode))
    throw PushError(concat(quoted(path), " is a directory",
                           "\nmake an archive of it: tar -c -C DIR . | hythe deploy APP -"),
                    EX_NOINPUT);
  if (!S_ISREG(status.st_mode))
    throw PushError(concat(quoted(path), " is not a file"), EX_NOINPUT);
  return file;
}

}  // namespace

ReceivedArchive take_archive(const std::string& what, const std::string& version,
                             const Limits& limits, const Caller& caller) {
  ArchiveIntake intake(limits);
  if (what == "-") {
    if (::isatty(STDIN_FILENO) != 0)
      throw PushError("an archive is not typed\ngive it as stdin: hythe deploy APP - < FILE",
                      EX_USAGE);
    intake.take(STDIN_FILENO);
    return intake.finish("stdin", version);
  }
  if (WebAddress::looks_like_one(what)) {
    const auto address = WebAddress::parse(what);
    std::cout << "Fetching " << address.shown() << std::endl;
    download_archive(address, intake);
    return intake.finish(printable(address.shown(), kLongestAddress), version);
  }
  if (caller.is_remote)
    throw PushError(concat(quoted(what), " would be a file of the host's",
                           "\nsend yours: ssh … deploy APP - < FILE"),
                    EX_USAGE);
  intake.take(open_archive(what).get());
  return intake.finish(printable(what.substr(what.rfind('/') + 1), kLongestName), version);
}

}  // namespace hythe
