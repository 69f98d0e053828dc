// SPDX-License-Identifier: Apache-2.0
#include "lib/git/push_notice.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>

#include "core/decimal.h"
#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

constexpr const char* kVariable = "HYTHE_NOTICE_FD";

/// Above whatever git opens for itself.
constexpr int kFirst = 100;

}  // namespace

PushNotice::PushNotice() {
  const UniqueFd file(::memfd_create("notice", MFD_CLOEXEC));
  file_.reset(::fcntl(file.get(), F_DUPFD, kFirst));  // inherited on purpose
  if (!file || !file_) throw SystemError(errno, "make an anonymous file");
  ::setenv(kVariable, std::to_string(file_.get()).c_str(), 1);
}

bool PushNotice::was_given() const {
  struct stat status = {};
  return ::fstat(file_.get(), &status) == 0 && status.st_size > 0;
}

void PushNotice::give() {
  const char* text = ::getenv(kVariable);
  const auto number = text == nullptr ? std::nullopt : parse_decimal(text, 1U << 16U);
  if (!number || *number < kFirst) return;
  const UniqueFd file(static_cast<int>(*number));
  write_all(file.get(), "+");
}

}  // namespace hythe
