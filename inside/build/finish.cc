// SPDX-License-Identifier: Apache-2.0
#include "inside/build/finish.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "core/unique_fd.h"
#include "inside/build/console.h"
#include "inside/build/failure.h"
#include "inside/build/slugignore.h"
#include "inside/build/tree.h"
#include "inside/build_report.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// Returns how many bytes are kept.
std::uintmax_t keep_vendor(const fs::path& home, const fs::path& build_dir) {
  std::error_code none;
  const fs::path own = build_dir / "vendor";
  if (!is_real_directory(home / "vendor")) return 0;
  if (fs::exists(fs::symlink_status(own, none)) && !is_real_directory(own)) return 0;
  std::uintmax_t kept = 0;
  for (const auto& entry : fs::directory_iterator(home / "vendor")) {
    const fs::path target = build_dir / "vendor" / entry.path().filename();
    if (entry.is_symlink() || fs::exists(fs::symlink_status(target))) continue;
    fs::create_directories(target.parent_path());
    copy_tree(entry.path(), target);
    kept += entry.is_directory() ? count_tree(entry.path()).bytes : entry.file_size();
  }
  return kept;
}

std::string read_up_to(int fd, std::size_t limit, const std::string& path) {
  std::string bytes(limit, '\0');
  std::size_t length = 0;
  while (length < limit) {
    const ssize_t got = ::read(fd, bytes.data() + length, limit - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno("read '" + path + "'");
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace

void finish_tree(const Layout& layout) {
  constexpr std::uintmax_t kWorthALine = 1U << 20U;
  const std::uintmax_t kept = keep_vendor(layout.home, layout.build_dir);
  const std::uintmax_t all = count_tree(layout.home).bytes;
  if (all > kept + kWorthALine)
    say_detail("Dropping " + std::to_string((all - kept) >> 20U) +
               " MiB that were left in $HOME, not in the app");
  remove_tree(layout.build_dir + "/.git");
  apply_slugignore(layout);
}

std::optional<std::string> read_text(const Layout& layout, std::string_view name) {
  const std::string path = layout.build_dir + '/' + std::string(name);
  const std::string subject = "'" + std::string(name) + "'";
  // Not blocking, for it might be a pipe.
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file && errno == ENOENT) return std::nullopt;
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
    throw BuildFailure(subject + " is not a file that can be read");
  std::string bytes = read_up_to(file.get(), build_report::kMaxBytes + 1, path);
  if (bytes.size() > build_report::kMaxBytes)
    throw BuildFailure(subject + " has more than " + std::to_string(build_report::kMaxBytes) +
                       " bytes");
  if (bytes.find('\0') != std::string::npos)
    throw BuildFailure(subject + " is not a text: it has a NUL in it");
  return bytes;
}

std::optional<std::string> read_app_json(const Layout& layout) {
  try {
    return read_text(layout, build_report::kAppJson);
  } catch (const BuildFailure&) {
    return std::nullopt;
  }
}

}  // namespace hythe::builder
