// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/log_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/clock.h"
#include "helpers/container/file.h"

namespace hythe::container {

LogFile::LogFile(const ContainerId& id, const std::string& name, gid_t readers)
    : directory_(open_app_directory(paths::kLogs, id.app)),
      name_(name + "-" + letter(id.lane) + ".log"),
      readers_(readers) {
  open();
}

void LogFile::open() {
  // The directory is root's, and so is whatever has this name in it.
  file_.reset(::openat(directory_.get(), name_.c_str(),
                       O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                       0600));
  struct stat status = {};
  if (!file_ || ::fstat(file_.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      ::fchown(file_.get(), 0, readers_) != 0 || ::fchmod(file_.get(), 0640) != 0) {
    file_.reset();
    return;
  }
  size_ = status.st_size;
}

void LogFile::add(std::string_view bytes) {
  std::string out;
  lines_.add(bytes, unix_ms(), out);
  write(out);
}

void LogFile::finish() {
  std::string out;
  lines_.finish(unix_ms(), out);
  write(out);
}

void LogFile::note(std::string_view text) {
  finish();
  write(log_time(unix_ms()).append(" hythe: ").append(text).append("\n"));
}

void LogFile::write(std::string_view lines) {
  if (lines.empty()) return;
  if (!file_) open();  // a full disk may have kept it from being made
  if (file_ && size_ + static_cast<off_t>(lines.size()) > kMaxSize) {
    ::renameat(directory_.get(), name_.c_str(), directory_.get(), (name_ + ".1").c_str());
    open();
  }
  if (file_ && write_all(file_.get(), lines)) size_ += static_cast<off_t>(lines.size());
}

}  // namespace hythe::container
