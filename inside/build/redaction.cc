// SPDX-License-Identifier: Apache-2.0
#include "inside/build/redaction.h"

#include <algorithm>

namespace hythe::builder {
namespace {

constexpr std::size_t kLongestLine = 64U << 10U;

/// Bash writes it otherwise, in one locale or another.
bool may_look_different(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte >= 0x7f || c == '\'' || c == '"' || c == '\\';
}

/// What a trace has of a value without any change, for bash quotes it; and all of one that is a
/// line, as it is and as it stands between single quotes.
std::vector<std::string> parts_to_hide(const std::string& value) {
  std::string quoted;
  for (const char c : value) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  std::vector<std::string> parts;
  if (value.find('\n') == value.npos) parts = {value, quoted};
  parts.emplace_back();
  for (const char c : value)
    if (may_look_different(c))
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
    for (std::string& part : parts_to_hide(value)) secrets_.push_back({std::move(part), name});
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

}  // namespace hythe::builder
