// SPDX-License-Identifier: Apache-2.0
#include "model/container/response_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/decimal.h"
#include "lib/errors.h"
#include "model/container/lanes.h"

namespace hythe {
namespace {

constexpr std::uint64_t kBlock = 1U << 20U;
constexpr std::uint64_t kFarthest = 256U << 20U;
/// Workers write what they gathered, each at its own time: the log's order is that good.
constexpr Milliseconds kDisorder{2000};

std::string upstream_of(const AppName& app, Lane lane) {
  return concat(app.view(), '-', word(lane));
}

struct Line {
  Milliseconds at{};  // its second
  std::string_view upstream{};
  bool has_failed = false;

  /// A text that is none has no upstream.
  static Line parse(std::string_view text) {
    const auto first = text.find(' ');
    const auto second = text.find(' ', first + 1);
    const auto at = parse_decimal(text.substr(0, text.find('.')), 1ULL << 40U);
    if (first == std::string_view::npos || second == std::string_view::npos || !at) return {};
    return {.at = std::chrono::seconds(*at),
            .upstream = text.substr(first + 1, second - first - 1),
            .has_failed = text.substr(second + 1).starts_with('5')};
  }
  void count(Responses& out) const {
    ++out.all;
    out.failed += has_failed ? 1 : 0;
  }
};

/// Visits the lines of a text, of which the last one may lack its newline.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    visit(Line::parse(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

UniqueFd open_log(const std::string& path) {
  return UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
}

std::uint64_t size_of(const UniqueFd& file) {
  struct stat about {};
  return file && ::fstat(file.get(), &about) == 0 ? static_cast<std::uint64_t>(about.st_size)
                                                  : 0;
}

std::string read_at(const UniqueFd& file, std::uint64_t offset, std::uint64_t length) {
  std::string bytes(length, '\0');
  const ssize_t n = ::pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
  bytes.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
  return bytes;
}

}  // namespace

bool Responses::exceed(unsigned percent) const {
  return all >= kFewestResponses && failed * 100 > all * percent;
}

bool Responses::are_all_failures() const {
  return all >= kFewestFailures && failed == all;
}

bool Responses::are_too_bad_after(const Responses& before, unsigned percent) const {
  // Also of few it is known that they were as bad when all have failed.
  const bool was_as_bad = before.exceed(percent) || before.are_all_failures();
  if (exceed(percent) && !was_as_bad) return true;
  return percent < 100 && are_all_failures() && !before.are_all_failures();
}

std::string Responses::describe() const {
  return concat(failed, " of ", all, " responses were 5xx");
}

Responses responses_since(const std::string& log, const AppName& app, Lane lane,
                          Milliseconds moment) {
  const UniqueFd file = open_log(log);
  const std::string upstream = upstream_of(app, lane);
  Responses out;
  std::uint64_t end = size_of(file);
  const std::uint64_t first = end > kFarthest ? end - kFarthest : 0;
  std::string later;  // the end of a line that begins in the block before
  Milliseconds oldest = moment;
  while (end > first && oldest + kDisorder >= moment) {
    const std::uint64_t start = end > first + kBlock ? end - kBlock : first;
    const std::string text = read_at(file, start, end - start) + later;
    const auto whole = start == 0 ? 0 : std::min(text.find('\n') + 1, text.size());
    later = text.substr(0, whole);
    for_each_line(std::string_view(text).substr(whole), [&](const Line& line) {
      if (line.upstream.empty()) return;
      oldest = std::min(oldest, line.at);
      if (line.at >= moment && line.upstream == upstream) line.count(out);
    });
    end = start;
  }
  return out;
}

ResponseCounter::ResponseCounter(const std::string& log, const AppName& app, Lane lane)
    : file_(open_log(log)), upstream_(upstream_of(app, lane)), offset_(size_of(file_)) {}

const Responses& ResponseCounter::read() {
  if (size_of(file_) < offset_) offset_ = 0;
  std::string bytes;
  while (file_ && !(bytes = read_at(file_, offset_, kBlock)).empty()) {
    offset_ += bytes.size();
    rest_ += bytes;
    const auto whole = rest_.rfind('\n') + 1;  // 0: not even one line
    for_each_line(std::string_view(rest_).substr(0, whole), [this](const Line& line) {
      if (line.upstream == upstream_) line.count(count_);
    });
    rest_.erase(0, whole);
  }
  return count_;
}

}  // namespace hythe
