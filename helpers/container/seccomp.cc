// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/seccomp.h"

#include <asm/unistd.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string_view>

#include "helpers/container/denied_syscalls.h"

namespace hythe::container {
namespace {

struct Syscall {
  std::string_view name;
  int number;
};

constexpr Syscall kSyscalls[] = {
#include "syscalls.inc"
};

/// mseal, of Linux 6.10. From 424 on all architectures count alike; a call that came later
/// was looked at by nobody, and is not allowed until somebody does.
constexpr int kLastReviewed = 462;

#if defined(__x86_64__)
constexpr std::string_view kArchitecture = "SCMP_ARCH_X86_64";
#elif defined(__aarch64__)
constexpr std::string_view kArchitecture = "SCMP_ARCH_AARCH64";
#else
#error "add the architecture, and check which argument of clone(2) holds the flags"
#endif
constexpr unsigned kCloneFlagsArgument = 0;

template <class List>
bool has(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// One comparison of an argument; with `mask`, of those bits only.
struct Condition {
  unsigned argument;
  std::uint64_t value;
  std::uint64_t mask = ~std::uint64_t{0};
};

class Rules {
 public:
  void allow(std::string_view name, std::initializer_list<Condition> conditions) {
    start(name);
    text_.append("SCMP_ACT_ALLOW\",\"args\":[");
    for (const Condition& condition : conditions) append(condition);
    text_.pop_back();
    text_.append("]}");
  }
  void refuse(std::string_view name, int error) {
    start(name);
    text_.append("SCMP_ACT_ERRNO\",\"errnoRet\":").append(std::to_string(error)).append("}");
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void start(std::string_view name) {
    text_.append(",\n{\"names\":[\"").append(name).append("\"],\"action\":\"");
  }
  void append(const Condition& condition) {
    const bool is_masked = condition.mask != ~std::uint64_t{0};
    text_.append("{\"index\":").append(std::to_string(condition.argument));
    if (is_masked)
      text_.append(",\"value\":")
          .append(std::to_string(condition.mask))
          .append(",\"valueTwo\":")
          .append(std::to_string(condition.value))
          .append(",\"op\":\"SCMP_CMP_MASKED_EQ\"},");
    else
      text_.append(",\"value\":")
          .append(std::to_string(condition.value))
          .append(",\"op\":\"SCMP_CMP_EQ\"},");
  }
  std::string text_;
};

/// Every ioctl but TIOCSTI and TIOCLINUX, which type into the terminal of whoever started the
/// process. The kernel looks at the lower 32 bits of the number only (CVE-2019-7303), and
/// libseccomp has no "masked and not equal": a number differs from both when it differs in
/// one of the bits that they share, or in those that they do not in a third way.
void allow_ioctls(Rules& rules) {
  constexpr std::uint64_t kFirst = TIOCSTI;
  constexpr std::uint64_t kSecond = TIOCLINUX;
  constexpr std::uint64_t kDiffering = kFirst ^ kSecond;
  for (unsigned bit = 0; bit < 32; ++bit) {
    const std::uint64_t mask = std::uint64_t{1} << bit;
    if ((mask & kDiffering) == 0) rules.allow("ioctl", {{1, ~kFirst & mask, mask}});
  }
  // All values of the differing bits, counted within the mask.
  for (std::uint64_t value = kDiffering;; value = (value - 1) & kDiffering) {
    if (value != (kFirst & kDiffering) && value != (kSecond & kDiffering))
      rules.allow("ioctl", {{1, value, kDiffering}});
    if (value == 0) break;
  }
}

void allow_by_argument(Rules& rules) {
  constexpr std::uint64_t kNewNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
                                           CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
                                           CLONE_NEWNET;
  rules.allow("clone", {{kCloneFlagsArgument, 0, kNewNamespaces}});
  // clone3's flags are in memory, where no filter sees them: the C library falls back.
  rules.refuse("clone3", ENOSYS);

  for (const std::uint64_t family : {AF_UNIX + 0U, AF_INET + 0U, AF_INET6 + 0U})
    rules.allow("socket", {{0, family}});
  // NETLINK_ROUTE, for getifaddrs(3), and no other protocol of netlink.
  rules.allow("socket", {{0, AF_NETLINK}, {2, 0}});
  rules.allow("socketpair", {{0, AF_UNIX}});

  // 0xffffffff only asks.
  constexpr std::uint64_t kUname26 = UNAME26;
  for (const std::uint64_t persona : {std::uint64_t{PER_LINUX}, std::uint64_t{PER_LINUX32},
                                      kUname26, kUname26 | PER_LINUX32, 0xFFFFFFFFUL})
    rules.allow("personality", {{0, persona}});

  allow_ioctls(rules);
}

void append_names(std::string& out, bool (*wanted)(const Syscall&)) {
  for (const Syscall& call : kSyscalls)
    if (wanted(call)) out.append("\"").append(call.name).append("\",");
  out.pop_back();
}

}  // namespace

std::string seccomp_section() {
  std::string out = "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"defaultErrnoRet\":";
  out.append(std::to_string(ENOSYS)).append(",\"architectures\":[\"").append(kArchitecture);
  out.append("\"],\"syscalls\":[\n{\"action\":\"SCMP_ACT_ALLOW\",\"names\":[");
  append_names(out, [](const Syscall& call) {
    return call.number <= kLastReviewed && !has(kDeniedSyscalls, call.name) &&
           !has(kConditionalSyscalls, call.name);
  });
  out.append("]},\n{\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":").append(std::to_string(EPERM));
  out.append(",\"names\":[");
  append_names(out, [](const Syscall& call) { return has(kDeniedSyscalls, call.name); });
  out.append("]}");
  Rules rules;
  allow_by_argument(rules);
  return out.append(rules.text()).append("]}");
}

}  // namespace hythe::container
