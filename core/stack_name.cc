// SPDX-License-Identifier: Apache-2.0
#include "core/stack_name.h"

#include "core/decimal.h"

namespace hythe {
namespace {

constexpr std::uint32_t kFirstDate = 1000'00'00;
constexpr std::uint32_t kLastDate = 9999'99'99;

}  // namespace

std::optional<StackName> StackName::parse(std::string_view text) noexcept {
  if (text.empty() || text.size() > kMaxLength) return std::nullopt;
  StackName name;
  std::size_t length = 0;
  for (const char c : text) {
    const bool is_letter = c >= 'a' && c <= 'z';
    const bool is_digit = c >= '0' && c <= '9';
    // A dot never comes first: neither "." and ".." nor a hidden file has such a name.
    if (!is_letter && !is_digit && ((c != '.' && c != '-') || length == 0)) return std::nullopt;
    name.text_[length++] = c;
  }
  return name;
}

StackName StackName::host() noexcept {
  return *parse("host");
}

std::optional<StackVersion> StackVersion::of(const StackName& name, std::uint32_t date,
                                             std::uint32_t number) noexcept {
  if (date < kFirstDate || date > kLastDate) return std::nullopt;
  if (number < 1 || number > kMaxNumber || name.is_host()) return std::nullopt;
  StackVersion version(name);
  version.date_ = date;
  version.number_ = number;
  std::size_t length = 0;
  const auto add = [&](char c) { version.text_[length++] = c; };
  const auto add_digits = [&](std::uint32_t value, std::uint32_t unit) {
    for (; unit != 0; unit /= 10) add(static_cast<char>('0' + value / unit % 10));
  };
  for (const char c : name.view()) add(c);
  add('@');
  add_digits(date, 1000'00'00);
  if (number > 1) {
    add('.');
    add_digits(number, number >= 100 ? 100 : number >= 10 ? 10 : 1);
  }
  return version;
}

std::optional<StackVersion> StackVersion::parse(std::string_view text) noexcept {
  const auto at = text.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  // Not substr(): it can throw, and helpers link without what that needs.
  const auto name = StackName::parse({text.data(), at});
  std::string_view date{text.data() + at + 1, text.size() - at - 1};
  std::uint64_t number = 1;
  if (const auto dot = date.find('.'); dot != std::string_view::npos) {
    // The first of a day has no number: one version, one text.
    const auto parsed =
        parse_decimal({date.data() + dot + 1, date.size() - dot - 1}, kMaxNumber);
    if (!parsed || *parsed < 2) return std::nullopt;
    number = *parsed;
    date = {date.data(), dot};
  }
  const auto day = parse_decimal(date, kLastDate);
  if (!name || !day) return std::nullopt;
  return of(*name, static_cast<std::uint32_t>(*day), static_cast<std::uint32_t>(number));
}

}  // namespace hythe
