// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace hythe::route_helper {

/// Why a text is no domain that an app can have, as the end of "'TEXT' …"; nullptr when it
/// is one: lower-case ASCII, at most 253 bytes, two labels or more of [a-z0-9-] (1 to 63
/// bytes, no '-' at either end), the last one not all digits, and "--" in third and fourth
/// place only after "xn". A leading "*." may stand for one more label.
[[nodiscard]] const char* fault_of_domain(std::string_view text) noexcept;

/// A domain for which fault_of_domain() found nothing. Holding one is proof that it is a
/// single word of an nginx configuration and a line of a route table. A view: the text must
/// outlive it.
class Domain {
 public:
  [[nodiscard]] static std::optional<Domain> parse(std::string_view text) noexcept {
    if (fault_of_domain(text) != nullptr) return std::nullopt;
    return Domain(text);
  }
  [[nodiscard]] std::string_view view() const noexcept { return text_; }
  [[nodiscard]] bool is_wildcard() const noexcept { return text_.front() == '*'; }

 private:
  explicit Domain(std::string_view text) noexcept : text_(text) {}
  std::string_view text_;
};

/// The domains of one app, each of them once, in the order in which they were given.
class DomainList {
 public:
  static constexpr std::size_t kMost = 64;
  static constexpr std::size_t kMaxBytes = 16'384;  // all of them, a line each

  /// False when the list is full.
  [[nodiscard]] bool add(const Domain& domain) noexcept {
    if (count_ == kMost) return false;
    domains_[count_++] = domain.view();
    return true;
  }
  [[nodiscard]] bool contains(std::string_view domain) const noexcept {
    for (const std::string_view ours : *this)
      if (ours == domain) return true;
    return false;
  }
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] const std::string_view* begin() const noexcept { return domains_.data(); }
  [[nodiscard]] const std::string_view* end() const noexcept { return begin() + count_; }

 private:
  std::array<std::string_view, kMost> domains_{};
  std::size_t count_ = 0;
};

/// A list that could not be read: which line, and why not.
struct DomainFault {
  std::string_view domain;
  const char* why;
};

/// The lines of `text` as domains; on a fault `list` is of no use.
[[nodiscard]] std::optional<DomainFault> parse_domains(std::string_view text,
                                                       DomainList& list) noexcept;

/// One more domain at the end of `list`; a fault leaves it as it was.
[[nodiscard]] std::optional<DomainFault> add_domain(std::string_view word,
                                                    DomainList& list) noexcept;

}  // namespace hythe::route_helper
