// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

#include <cstring>

#include "core/unique_fd.h"
#include "helpers/text.h"

namespace hythe::root {
namespace {

const char* program_name = "hythe";

/// A line of at most kMaxLine bytes: escapes what is not printable ASCII, so that nothing of
/// a caller's can forge a second line or speak to a terminal, and drops its own middle when
/// it grows too long.
class Line {
 public:
  void add(std::string_view part) noexcept {
    for (const char c : part) add_escaped(static_cast<unsigned char>(c));
  }
  void add_raw(char c) noexcept { push(c); }

  /// Ends the line. Call once, last.
  std::string_view finish() noexcept {
    if (length_ <= kHead + kTail) {
      bytes_[length_] = '\n';
      return {bytes_, length_ + 1};
    }
    // The tail is a ring: unroll it behind the head.
    char tail[kTail];
    const std::size_t first = (length_ - kHead) % kTail;
    for (std::size_t i = 0; i < kTail; ++i) tail[i] = bytes_[kHead + (first + i) % kTail];
    std::memcpy(bytes_ + kHead, kGap.data(), kGap.size());
    std::memcpy(bytes_ + kHead + kGap.size(), tail, kTail);
    bytes_[kMaxLine - 1] = '\n';
    return {bytes_, kMaxLine};
  }

 private:
  static constexpr std::string_view kGap = " ... ";
  static constexpr std::size_t kTail = 110;
  static constexpr std::size_t kHead = kMaxLine - 1 - kGap.size() - kTail;

  void add_escaped(unsigned char c) noexcept {
    if (c >= 0x20 && c < 0x7f && c != '\\') return push(static_cast<char>(c));
    constexpr std::string_view kHex = "0123456789abcdef";
    push('\\');
    if (c == '\\') return push('\\');
    push('x');
    push(kHex[c >> 4U]);
    push(kHex[c & 0xfU]);
  }
  void push(char c) noexcept {
    bytes_[length_ < kHead ? length_ : kHead + (length_ - kHead) % kTail] = c;
    ++length_;
  }

  std::size_t length_ = 0;  // as if nothing had been dropped
  char bytes_[kMaxLine + 1] = {};
};

}  // namespace

void set_program_name(const char* name) noexcept {
  program_name = name;
}

void die_with(int sysexit, Parts parts) noexcept {
  Line line;
  line.add(program_name);
  line.add(": ");
  for (const std::string_view part : parts) line.add(part);
  const std::string_view text = line.finish();
  // Locks go first: the write below waits for as long as the caller likes.
  ::close_range(STDERR_FILENO + 1, ~0U, 0);
  // A message that nobody takes cannot be reported; the exit status still says it.
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) ::_exit(sysexit);
  ::_exit(sysexit);
}

void die_with_errno(int code, Parts doing) noexcept {
  FixedText<1024> sentence("cannot ");
  for (const std::string_view part : doing)
    if (part.size() <= sentence.room()) sentence.add(part);
  // Not strerror(3): that one would look for translations where the environment says.
  const char* reason = ::strerrordesc_np(code);
  const bool is_disk = code == ENOSPC || code == EDQUOT || code == EIO || code == EROFS;
  die(is_disk ? EX_IOERR : EX_OSERR, sentence.view(), ": ",
      reason != nullptr ? reason : "unknown error");
}

void deny_with(Parts parts) noexcept {
  FixedText<1024> sentence;
  for (const std::string_view part : parts)
    if (part.size() <= sentence.room()) sentence.add(part);
  audit("denied to uid ", Decimal(::getuid()), ": ", sentence.view());
  die(EX_NOPERM, sentence.view());
}

void audit_with(Parts parts) noexcept {
  Line line;
  line.add_raw('<');
  line.add(Decimal(LOG_AUTHPRIV | LOG_NOTICE));
  line.add_raw('>');
  line.add(program_name);
  line.add("[");
  line.add(Decimal(static_cast<std::uint64_t>(::getpid())));
  line.add("]: ");
  for (const std::string_view part : parts) line.add(part);
  std::string_view text = line.finish();
  text.remove_suffix(1);  // a datagram needs no '\n'

  // By hand and not by syslog(3), which reads the time zone from the environment. Only root
  // can bind in /dev; MSG_DONTWAIT, so that a log that does not read cannot hold us up.
  const UniqueFd log(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!log) return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  constexpr std::string_view kLog = "/dev/log";
  std::memcpy(address.sun_path, kLog.data(), kLog.size());
  if (::sendto(log.get(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
               reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0)
    return;  // lost, as promised
}

}  // namespace hythe::root
