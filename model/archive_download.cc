// SPDX-License-Identifier: Apache-2.0
#include "model/archive_download.h"

#include <signal.h>

#include <vector>

#include "core/decimal.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/net/reachable_host.h"
#include "lib/printable.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

constexpr int kMaxRedirects = 5;
constexpr int kMaxAddresses = 4;
constexpr int kConnectSeconds = 10;

/// To be tried one after the other.
std::vector<IpAddress> addresses_of(const WebAddress& address) {
  std::string host = address.host;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  auto addresses = reachable_addresses(host);
  if (addresses.size() > kMaxAddresses)
    addresses.erase(addresses.begin() + kMaxAddresses, addresses.end());
  return addresses;
}

/// A value of curl's own configuration, which nobody else can see.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"\n";
}

std::string configuration(const WebAddress& address, const IpAddress& ip,
                          const ArchiveIntake& intake) {
  const std::string where = ip.is_v6() ? concat('[', ip.text(), ']') : ip.text();
  std::string text =
      "silent\nshow-error\ngloboff\nfail\nmax-redirs = 0\nnoproxy = \"*\"\n"
      "user-agent = \"hythe\"\noutput = \"-\"\n"
      "write-out = \"%{stderr}\\n%{http_code} %{redirect_url}\"\n";
  text += "proto = " + quoted(address.is_secure ? "=https" : "=http");
  text += concat("connect-timeout = ", kConnectSeconds,
                 "\nmax-time = ", intake.deadline().left_ms() / 1000 + 1, '\n');
  text += concat("max-filesize = ", intake.most(), '\n');
  // Whatever curl takes the host for, it goes there.
  text += "connect-to = " + quoted(concat("::", where, ':', address.port));
  // Without a colon, curl would ask for the password at the terminal.
  const bool has_colon = address.user.find(':') != std::string::npos;
  if (!address.user.empty()) text += "user = " + quoted(address.user + (has_colon ? "" : ":"));
  return text + "url = " + quoted(address.text());
}

struct Outcome {
  int code = 0;  // curl's
  std::uint64_t status = 0;
  std::string redirect{};
  std::string complaint{};
};

/// "curl: (60) SSL certificate problem: …", and then what was asked to be written out.
Outcome understand(const ExitStatus& status, const std::string& said) {
  Outcome outcome{.code = status.signal != 0 ? -1 : status.code};
  const auto last = said.rfind('\n');
  const std::string words = last == std::string::npos ? "" : said.substr(last + 1);
  outcome.status = parse_decimal(words.substr(0, words.find(' ')), 999).value_or(0);
  if (const auto blank = words.find(' '); blank != std::string::npos)
    outcome.redirect = words.substr(blank + 1);
  constexpr std::string_view kPrefix = "curl: ";
  if (said.starts_with(kPrefix))
    outcome.complaint =
        printable(said.substr(kPrefix.size(), said.find('\n') - kPrefix.size()));
  return outcome;
}

/// A curl that ends with this object.
class Curl {
 public:
  Curl(const std::string& configuration)
      : input_(Pipe::make()), output_(Pipe::make()), messages_(Pipe::make()), child_(start()) {
    write_all(input_.write.get(), configuration);
    input_.write.reset();
  }
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;
  ~Curl() {
    if (!child_.is_ours()) return;
    try {
      child_.signal(SIGKILL);
      (void)child_.wait();
    } catch (const std::exception&) {
      // It ends by its own limit of time.
    }
  }
  [[nodiscard]] int output() const { return output_.read.get(); }
  [[nodiscard]] Outcome finish() {
    constexpr std::size_t kEnough = 16U << 10U;
    std::string said;
    while (said.size() < kEnough && read_some(messages_.read.get(), said)) {
    }
    return understand(child_.wait(), said);
  }

 private:
  Child start() {
    Child child = Child::start({.argv = {paths::kCurl, "--disable", "--config", "-"},
                                .stdin_fd = input_.read.get(),
                                .stdout_fd = output_.write.get(),
                                .stderr_fd = messages_.write.get()});
    input_.read.reset();
    output_.write.reset();
    messages_.write.reset();
    return child;
  }
  Pipe input_;
  Pipe output_;
  Pipe messages_;
  Child child_;
};

Outcome fetch(const WebAddress& address, const std::vector<IpAddress>& addresses,
              ArchiveIntake& intake) {
  constexpr int kCannotConnect = 7;
  Outcome outcome;
  for (const IpAddress& ip : addresses) {
    Curl curl(configuration(address, ip, intake));
    intake.take(curl.output());
    outcome = curl.finish();
    if (outcome.code != kCannotConnect) break;
  }
  return outcome;
}

[[noreturn]] void fail(const WebAddress& address, const Outcome& outcome,
                       const ArchiveIntake& intake) {
  constexpr int kTooLarge = 63;
  constexpr int kTooSlow = 28;
  if (outcome.code == kTooLarge) intake.refuse_as_large();
  if (outcome.code == kTooSlow && intake.deadline().left_ms() < 1000) intake.refuse_as_slow();
  std::string why = outcome.status >= 300       ? concat("the server answered ", outcome.status)
                    : outcome.complaint.empty() ? concat("curl ended with code ", outcome.code)
                                                : outcome.complaint;
  throw PushError(concat("cannot fetch '", printable(address.shown(), 300), "': ", why),
                  EX_UNAVAILABLE);
}

}  // namespace

void download_archive(WebAddress address, ArchiveIntake& intake) {
  for (int hop = 0; hop <= kMaxRedirects; ++hop) {
    const auto addresses = addresses_of(address);
    const Outcome outcome = fetch(address, addresses, intake);
    if (outcome.code != 0) fail(address, outcome, intake);
    if (outcome.status >= 200 && outcome.status < 300) return;
    if (outcome.redirect.empty()) fail(address, outcome, intake);
    WebAddress next = WebAddress::parse(outcome.redirect);
    if (address.is_secure && !next.is_secure)
      throw PushError(
          concat("'", printable(address.shown(), 300),
                 "' leads from https to http, where anybody could change the archive"),
          EX_NOPERM);
    // A password is only that server's.
    if (next.user.empty() && next.has_same_origin(address)) next.user = address.user;
    address = std::move(next);
    intake.start_over();
  }
  throw PushError(concat("the address of the archive leads to another one more than ",
                         kMaxRedirects, " times"),
                  EX_UNAVAILABLE);
}

}  // namespace hythe
