// SPDX-License-Identifier: Apache-2.0
#include "model/app_log.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr std::size_t kTimeLength = std::string_view("2026-11-25T16:03:17.123Z").size();

std::string directory_of(const AppName& app) {
  return concat(paths::kLogs, '/', app.view());
}

/// "web.1" of "web.1-b.log" and "web.1-b.log.1"; empty for any other file.
std::string process_of(const std::string& file_name) {
  for (const char* suffix :
       {"-a.log", "-b.log", "-c.log", "-o.log", "-a.log.1", "-b.log.1", "-c.log.1", "-o.log.1"})
    if (file_name.ends_with(suffix))
      return file_name.substr(0, file_name.size() - std::string_view(suffix).size());
  return {};
}

/// As a log line's time is written, so that the two compare as text.
std::string log_time(Milliseconds time) {
  std::string text = date_and_time(time);
  text[10] = 'T';
  char fraction[8];
  std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(time.count() % 1000));
  return text + fraction;
}

/// Splits complete lines off the front of `bytes`.
void take_lines(std::string& bytes, const std::string& process, std::vector<LogLine>& lines) {
  std::size_t begin = 0;
  for (auto end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n', begin)) {
    const auto line = std::string_view(bytes).substr(begin, end - begin);
    begin = end + 1;
    if (line.size() <= kTimeLength || line[kTimeLength] != ' ') continue;
    lines.push_back({std::string(line.substr(0, kTimeLength)), process,
                     printable(line.substr(kTimeLength + 1))});
  }
  bytes.erase(0, begin);
}

/// The last lines of a file: no more of it is read than may be needed.
std::vector<LogLine> tail_of(const std::string& path, const std::string& process,
                             std::size_t count) {
  constexpr off_t kPerLine = 1024;
  const UniqueFd fd = open_file(path, O_RDONLY);
  struct stat status = {};
  if (::fstat(fd.get(), &status) != 0) throw SystemError(errno, "examine '", path, "'");
  std::vector<LogLine> lines;
  for (off_t window = static_cast<off_t>(count + 1) * kPerLine;; window *= 8) {
    const off_t start = std::max<off_t>(0, status.st_size - window);
    if (::lseek(fd.get(), start, SEEK_SET) < 0) throw SystemError(errno, "read '", path, "'");
    std::string bytes;
    while (read_some(fd.get(), bytes)) {
    }
    // The first line of a window that does not begin the file is cut.
    if (start > 0) bytes.erase(0, std::min(bytes.size(), bytes.find('\n') + 1));
    lines.clear();
    take_lines(bytes, process, lines);
    if (lines.size() >= count || start == 0) break;
  }
  if (lines.size() > count)
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

}  // namespace

std::string LogLine::print() const {
  return concat(time, ' ', process, ": ", text);
}

std::vector<std::string> last_log_lines(const AppName& app, const std::string& process,
                                        Lane lane, Milliseconds since, std::size_t count) {
  const auto path = concat(directory_of(app), '/', process, '-', letter(lane), ".log");
  std::vector<std::string> texts;
  if (::access(path.c_str(), F_OK) != 0) return texts;
  const auto earliest = log_time(since);
  for (LogLine& line : tail_of(path, process, count))
    if (line.time >= earliest) texts.push_back(std::move(line.text));
  return texts;
}

std::vector<LogLine> newest_log_lines(const AppName& app, std::size_t count,
                                      const std::optional<ProcessName>& only) {
  std::vector<LogLine> all;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory_of(app), none)) {
    const std::string process = process_of(entry.path().filename().string());
    if (process.empty() || (only && only->view() != process)) continue;
    for (LogLine& line : tail_of(entry.path().string(), process, count))
      all.push_back(std::move(line));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const LogLine& a, const LogLine& b) { return a.time < b.time; });
  if (all.size() > count)
    all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(count));
  return all;
}

/// Where each log file was read up to. A file that was rotated away is read to its end
/// under its old descriptor before the new one is begun.
struct LogTail::State {
  struct File {
    UniqueFd fd;
    ino_t inode = 0;
    std::string rest{};
  };
  std::string directory{};
  UniqueFd inotify{};
  std::map<std::string, File> files{};

  void open(const std::string& name, int whence) {
    File file{.fd =
                  UniqueFd(::open(concat(directory, '/', name).c_str(), O_RDONLY | O_CLOEXEC))};
    struct stat status = {};
    if (!file.fd || ::fstat(file.fd.get(), &status) != 0) return;
    file.inode = status.st_ino;
    ::lseek(file.fd.get(), 0, whence);
    files.insert_or_assign(name, std::move(file));
  }
};

LogTail::LogTail(const AppName& app) : state_(std::make_unique<State>()) {
  state_->directory = directory_of(app);
  state_->inotify.reset(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!state_->inotify || ::inotify_add_watch(state_->inotify.get(), state_->directory.c_str(),
                                              IN_MODIFY | IN_CREATE | IN_MOVED_TO) < 0)
    throw SystemError(errno, "watch the logs of the app");
  for (const auto& entry : std::filesystem::directory_iterator(state_->directory)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".log") && !process_of(name).empty()) state_->open(name, SEEK_END);
  }
}

LogTail::~LogTail() = default;

int LogTail::fd() const {
  return state_->inotify.get();
}

std::vector<LogLine> LogTail::read() {
  std::string events;  // only that there were some matters
  while (read_some(state_->inotify.get(), events) && !events.empty()) events.clear();
  std::vector<LogLine> lines;
  for (const auto& entry : std::filesystem::directory_iterator(state_->directory)) {
    const std::string name = entry.path().filename().string();
    const std::string process = process_of(name);
    if (!name.ends_with(".log") || process.empty()) continue;
    if (!state_->files.contains(name)) state_->open(name, SEEK_SET);
    const auto file = state_->files.find(name);
    if (file == state_->files.end()) continue;
    while (read_some(file->second.fd.get(), file->second.rest)) {
    }
    take_lines(file->second.rest, process, lines);
    struct stat now = {};
    if (::stat(concat(state_->directory, '/', name).c_str(), &now) != 0 ||
        now.st_ino == file->second.inode)
      continue;
    state_->open(name, SEEK_SET);
    auto& fresh = state_->files.find(name)->second;
    while (read_some(fresh.fd.get(), fresh.rest)) {
    }
    take_lines(fresh.rest, process, lines);
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const LogLine& a, const LogLine& b) { return a.time < b.time; });
  return lines;
}

}  // namespace hythe
