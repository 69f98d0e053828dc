// SPDX-License-Identifier: Apache-2.0
#include "lib/response_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/lanes.h"

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
  Milliseconds at{};
  std::string_view upstream{};
  bool has_failed = false;
};

/// A line that is none has no upstream.
Line parse(std::string_view text) {
  const auto first = text.find(' ');
  const auto second = text.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  const auto dot = text.find('.');
  const auto seconds = parse_decimal(text.substr(0, dot), 1ULL << 40U);
  if (!seconds) return {};
  return {.at = std::chrono::seconds(*seconds),
          .upstream = text.substr(first + 1, second - first - 1),
          .has_failed = text.substr(second + 1).starts_with('5')};
}

void count(std::string_view text, const std::string& upstream, Responses& out) {
  const Line line = parse(text);
  if (line.upstream != upstream) return;
  ++out.all;
  out.failed += line.has_failed ? 1 : 0;
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

std::string Responses::describe() const {
  return concat(failed, " of ", all, " responses were 5xx");
}

ResponseLog::ResponseLog(std::string path) : path_(std::move(path)) {}

Responses ResponseLog::since(const AppName& app, Lane lane, Milliseconds moment) const {
  const UniqueFd file = open_log(path_);
  const std::string upstream = upstream_of(app, lane);
  Responses out;
  std::uint64_t end = size_of(file);
  const std::uint64_t first = end > kFarthest ? end - kFarthest : 0;
  std::string later;  // the end of a line whose beginning is in the block before
  while (end > first) {
    const std::uint64_t start = end > first + kBlock ? end - kBlock : first;
    std::string text = read_at(file, start, end - start) + later;
    // The first line is whole only at the start of the log.
    const auto whole = start == 0 ? 0 : std::min(text.find('\n') + 1, text.size());
    later = text.substr(0, whole);
    Milliseconds oldest = unix_time();
    for (std::string_view rest = std::string_view(text).substr(whole); !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      const Line parsed = parse(line);
      if (parsed.upstream.empty()) continue;
      oldest = std::min(oldest, parsed.at);
      if (parsed.at >= moment) count(line, upstream, out);
    }
    if (oldest + kDisorder < moment) break;
    end = start;
  }
  return out;
}

ResponseCounter::ResponseCounter(const std::string& path, const AppName& app, Lane lane)
    : file_(open_log(path)), upstream_(upstream_of(app, lane)), offset_(size_of(file_)) {}

const Responses& ResponseCounter::read() {
  if (size_of(file_) < offset_) offset_ = 0;
  for (std::string bytes; file_ && !(bytes = read_at(file_, offset_, kBlock)).empty();) {
    offset_ += bytes.size();
    rest_ += bytes;
    std::string_view text = rest_;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      count(text.substr(0, end), upstream_, count_);
      text.remove_prefix(end + 1);
    }
    rest_ = std::string(text);
  }
  return count_;
}

}  // namespace hythe
