// SPDX-License-Identifier: Apache-2.0
#include "core/container_spec.h"

#include "core/decimal.h"

namespace hythe {
namespace {

/// Reads NUL-terminated words off the front of some bytes.
class NulWords {
 public:
  explicit NulWords(std::string_view bytes) noexcept : bytes_(bytes) {}

  std::optional<std::string_view> next() noexcept {
    const auto end = bytes_.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view word{bytes_.data(), end};
    bytes_.remove_prefix(end + 1);
    return word;
  }
  std::optional<std::uint32_t> number(std::uint64_t max) noexcept {
    const auto word = next();
    const auto value = word ? parse_decimal(*word, max) : std::nullopt;
    if (!value) return std::nullopt;
    return static_cast<std::uint32_t>(*value);
  }
  /// The next `count` words as one view.
  std::optional<std::string_view> block(std::size_t count) noexcept {
    const std::string_view before = bytes_;
    for (std::size_t i = 0; i < count; ++i)
      if (!next()) return std::nullopt;
    return std::string_view{before.data(), before.size() - bytes_.size()};
  }
  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

}  // namespace

std::optional<std::size_t> ContainerSpec::parse_prefix(std::string_view bytes) noexcept {
  if (bytes.size() != kPrefixLength || bytes.back() != '\n') return std::nullopt;
  std::size_t length = 0;
  bytes.remove_suffix(1);
  for (const char c : bytes) {
    if (c < '0' || c > '9') return std::nullopt;
    length = length * 10 + static_cast<std::size_t>(c - '0');
  }
  if (length > kMaxLength) return std::nullopt;
  return length;
}

std::optional<ContainerSpec> ContainerSpec::parse(std::string_view bytes) noexcept {
  constexpr std::uint32_t kMaxLimit = 100'000'000;
  constexpr std::uint32_t kMaxShares = 262'144;  // the kernel's own
  NulWords rest(bytes);
  const auto memory_mib = rest.number(kMaxLimit);
  const auto pids = rest.number(kMaxLimit);
  const auto cpu_percent = rest.number(kMaxLimit);
  const auto seconds = rest.number(kMaxLimit);
  const auto cpu_shares = rest.number(kMaxShares);
  const auto restarts = rest.number(kMaxLimit);
  if (!memory_mib || !pids || !cpu_percent || !seconds || !cpu_shares || !restarts)
    return std::nullopt;
  const auto argc = rest.number(kMaxWords);
  const auto argv = argc ? rest.block(*argc) : std::nullopt;
  const auto envc = argv ? rest.number(kMaxWords) : std::nullopt;
  const auto environment = envc ? rest.block(*envc) : std::nullopt;
  if (!environment || *argc == 0) return std::nullopt;
  std::optional<TerminalSize> terminal;
  if (!rest.empty()) {
    const auto rows = rest.number(UINT16_MAX);
    const auto columns = rest.number(UINT16_MAX);
    if (!rows || !columns || !rest.empty()) return std::nullopt;
    terminal = TerminalSize{.rows = static_cast<std::uint16_t>(*rows),
                            .columns = static_cast<std::uint16_t>(*columns)};
  }
  return ContainerSpec{.memory_mib = *memory_mib,
                       .pids = *pids,
                       .cpu_percent = *cpu_percent,
                       .seconds = *seconds,
                       .cpu_shares = *cpu_shares,
                       .restarts = *restarts,
                       .argv = *argv,
                       .environment = *environment,
                       .argc = *argc,
                       .envc = *envc,
                       .terminal = terminal};
}

}  // namespace hythe
