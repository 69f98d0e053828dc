// SPDX-License-Identifier: Apache-2.0
#include "inside/build/redaction.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "inside/build/failure.h"
#include "inside/build/private_file.h"

namespace hythe::builder {
namespace {

constexpr std::size_t kLongestLine = 64U << 10U;

/// What a trace has of a value without any change: bash quotes it, so that quotes,
/// backslashes, blanks but ' ' and what controls a terminal may look different there.
std::vector<std::string> unchanged_parts(const std::string& value) {
  std::vector<std::string> parts(1);
  for (const char c : value)
    if (static_cast<unsigned char>(c) < 0x20 || c == '\'' || c == '"' || c == '\\')
      parts.emplace_back();
    else
      parts.back() += c;
  std::erase_if(parts, [](const auto& part) { return part.size() < Redaction::kShortest; });
  return parts;
}

}  // namespace

bool is_traced(const Variables& app) {
  return std::any_of(app.begin(), app.end(), [](const auto& variable) {
    const auto& [name, value] = variable;
    return !value.empty() &&
           (name == "BUILDPACK_DEBUG" || name == "BUILDPACK_XTRACE" || name == "TRACE");
  });
}

Redaction::Redaction(const Variables& app) {
  for (const auto& [name, value] : app)
    for (std::string& part : unchanged_parts(value))
      secrets_.push_back({std::move(part), name});
  std::stable_sort(secrets_.begin(), secrets_.end(), [](const Secret& a, const Secret& b) {
    return a.text.size() > b.text.size();
  });
}

std::string Redaction::redacted(std::string text) const {
  for (const auto& [secret, name] : secrets_)
    for (auto at = text.find(secret); at != text.npos; at = text.find(secret, at)) {
      text.replace(at, secret.size(), "[" + name + "]");
      at += name.size() + 2;
    }
  return text;
}

void Redaction::feed(std::string_view chunk, std::string& out) {
  line_ += chunk;
  if (const auto end = line_.rfind('\n'); end != line_.npos) {
    out += redacted(line_.substr(0, end + 1));
    line_.erase(0, end + 1);
  }
  const std::size_t longest = secrets_.empty() ? 0 : secrets_.front().text.size();
  if (line_.size() <= kLongestLine + longest) return;
  // The beginning of a secret may be at its end.
  line_ = redacted(std::move(line_));
  const std::size_t kept = std::min(longest, line_.size());
  out.append(line_, 0, line_.size() - kept);
  line_.erase(0, line_.size() - kept);
}

void Redaction::finish(std::string& out) {
  out += redacted(std::move(line_));
  line_.clear();
}

RedactedLog::RedactedLog(const Variables& app)
    : log_(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)), end_(::eventfd(0, EFD_CLOEXEC)) {
  int ends[2];
  if (!log_ || !end_ || ::pipe2(ends, O_CLOEXEC) != 0) throw_errno("make a pipe for the log");
  output_.reset(ends[0]);
  const UniqueFd input(ends[1]);
  // Read in any case once the end has come, whether there is something or not.
  ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
  if (::dup2(input.get(), STDERR_FILENO) < 0) throw_errno("redirect the log");
  reader_ = std::thread([this, redaction = Redaction(app)] { pass_on(redaction); });
}

RedactedLog::~RedactedLog() {
  // What is left in the background may still hold the pipe: it is not waited for.
  ::dup2(log_.get(), STDERR_FILENO);
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t told = ::write(end_.get(), &one, sizeof one);
  reader_.join();
}

void RedactedLog::pass_on(Redaction redaction) const {
  pollfd ready[] = {{.fd = output_.get(), .events = POLLIN, .revents = 0},
                    {.fd = end_.get(), .events = POLLIN, .revents = 0}};
  for (bool is_over = false; !is_over;) {
    if (::poll(ready, std::size(ready), -1) < 0) continue;
    std::string out;
    char buffer[16384];
    const ssize_t got = ::read(output_.get(), buffer, sizeof buffer);
    if (got > 0) redaction.feed({buffer, static_cast<std::size_t>(got)}, out);
    is_over = got == 0 || (got < 0 && errno == EAGAIN && ready[1].revents != 0);
    if (is_over) redaction.finish(out);
    try {
      write_all(log_.get(), out, "write the log");
    } catch (const std::system_error&) {
      // A log that nobody reads any more is no reason to fail.
    }
  }
}

}  // namespace hythe::builder
