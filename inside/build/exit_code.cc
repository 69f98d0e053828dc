// SPDX-License-Identifier: Apache-2.0
#include "inside/build/exit_code.h"

#include <sys/statvfs.h>

namespace hythe::builder {
namespace {

constexpr int kSignalBase = 128;
constexpr int kLastSignal = 64;

bool is_signal(int code) {
  return code > kSignalBase && code <= kSignalBase + kLastSignal;
}

}  // namespace

std::string describe_exit(int code) {
  if (is_signal(code)) return "was killed by signal " + std::to_string(code - kSignalBase);
  return "exited with code " + std::to_string(code);
}

std::string likely_reason(int code) {
  switch (code) {
    case 6:
      return "as curl does when the name of a host cannot be resolved";
    case 7:
      return "as curl does when a host cannot be reached";
    case 22:
      return "as curl does when a server answers with an HTTP error";
    case 28:
      return "as curl does when a download takes too long";
    case 35:
      return "as curl does when TLS cannot be spoken with a host";
    case 60:
      return "as curl does when a host's certificate is not trusted";
    case 126:
      return "a file was to be run that cannot be: is it executable?";
    case 127:
      return "a command was not found: the stack does not have it";
    case 128:
      return "as git does when it cannot fetch something";
    case 134:
      return "the program aborted";
    case 137:
      return "most often because the memory of the build ran out";
    case 139:
      return "the program crashed (segmentation fault)";
    case 143:
      return "the build was asked to stop";
    default:
      return "";
  }
}

std::string likely_reason_of_silence(int code) {
  const std::string reason = likely_reason(code);
  return (reason.empty() ? "as a script with 'set -e' does at the first command that fails"
                         : reason) +
         "\nmost buildpacks say what they do when the app has the variable BUILDPACK_DEBUG=1, "
         "or "
         "BUILDPACK_XTRACE=1";
}

std::string full_disk_hint(const std::string& directory) {
  constexpr unsigned long kAlmostNothing = 1U << 20U;
  struct statvfs disk = {};
  if (::statvfs(directory.c_str(), &disk) != 0) return "";
  const bool has_no_inodes = disk.f_files > 0 && disk.f_favail == 0;
  if (disk.f_bavail * disk.f_frsize > kAlmostNothing && !has_no_inodes) return "";
  return "\nthe disk of the build is full";
}

}  // namespace hythe::builder
