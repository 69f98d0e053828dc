// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/stack.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

#include "core/paths.h"
#include "core/stack_tree.h"
#include "helpers/container/complain.h"
#include "helpers/container/file.h"
#include "helpers/container/removal.h"

namespace hythe::container {
namespace {

constexpr const char* kHostStacks = "/run/hythe/stacks";

// --- what the tree consists of -----------------------------------------------------------

/// Where parts of the host's /etc go, beside what every stack has.
constexpr std::string_view kHostDirectories[] = {
    "etc/apt", "etc/apt/apt.conf.d", "etc/apt/preferences.d", "etc/pki", "etc/pki/tls"};

constexpr stack_tree::Link kHostLinks[] = {{"etc/os-release", "../usr/lib/os-release"}};

struct Text {
  std::string_view path;
  std::string_view text;
};

constexpr Text kTexts[] = {
    // Buildpacks that install packages read it, also where there are deb822 files only.
    {"etc/apt/sources.list", ""},
    {"etc/nsswitch.conf",
     "passwd: files\ngroup: files\nhosts: files dns\n"
     "services: files\nprotocols: files\n"},
    {"etc/timezone", "Etc/UTC\n"},
};

/// Of the host, when it has them and everybody may read them. A path that ends in '*' stands
/// for whatever begins like it.
constexpr std::string_view kFromHost[] = {
    "/etc/ImageMagick-6",
    "/etc/ImageMagick-7",
    "/etc/alternatives",
    "/etc/apt/keyrings",
    "/etc/apt/sources.list.d",
    "/etc/apt/trusted.gpg.d",
    "/etc/bash.bashrc",
    "/etc/bashrc",
    "/etc/ca-certificates",
    "/etc/ca-certificates.conf",
    "/etc/crypto-policies",
    "/etc/debian_version",
    "/etc/fonts",
    "/etc/inputrc",
    "/etc/java*",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/lsb-release",
    "/etc/magic",
    "/etc/maven",
    "/etc/mime.types",
    "/etc/perl",
    "/etc/php*",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/certs",
    "/etc/pki/tls/openssl.cnf",
    "/etc/profile",
    "/etc/protocols",
    "/etc/python*",
    "/etc/redhat-release",
    "/etc/rpc",
    "/etc/services",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
    "/etc/terminfo",
    "/etc/xml",
    "/usr",
    "/var/lib/dpkg",
    "/var/lib/rpm",
};

constexpr std::string_view kMergedIntoUsr[] = {"bin",   "lib",    "lib32",
                                               "lib64", "libx32", "sbin"};

std::vector<std::string_view> directories() {
  std::vector<std::string_view> out(std::begin(stack_tree::kDirectories),
                                    std::end(stack_tree::kDirectories));
  out.insert(out.end(), std::begin(kHostDirectories), std::end(kHostDirectories));
  return out;
}

std::vector<stack_tree::Link> links() {
  std::vector<stack_tree::Link> out(std::begin(stack_tree::kLinks),
                                    std::end(stack_tree::kLinks));
  out.insert(out.end(), std::begin(kHostLinks), std::end(kHostLinks));
  return out;
}

void add_if_there(std::vector<FromHost>& out, std::string path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0 || (status.st_mode & S_IROTH) == 0) return;
  if (S_ISDIR(status.st_mode) || S_ISREG(status.st_mode))
    out.push_back({std::move(path), S_ISDIR(status.st_mode)});
}

std::vector<FromHost> from_host() {
  std::vector<FromHost> out;
  std::vector<std::string> in_etc;
  const std::unique_ptr<DIR, int (*)(DIR*)> etc(::opendir("/etc"), ::closedir);
  while (const dirent* entry = etc ? ::readdir(etc.get()) : nullptr)
    in_etc.push_back(std::string("/etc/").append(entry->d_name));
  std::sort(in_etc.begin(), in_etc.end());
  for (const std::string_view path : kFromHost) {
    if (path.back() != '*') {
      add_if_there(out, std::string(path));
      continue;
    }
    for (const std::string& name : in_etc)
      if (name.starts_with(path.substr(0, path.size() - 1))) add_if_there(out, name);
  }
  return out;
}

std::vector<std::string> merged_into_usr() {
  std::vector<std::string> out;
  for (const std::string_view name : kMergedIntoUsr) {
    struct stat status = {};
    const std::string path = std::string("/usr/").append(name);
    if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) out.emplace_back(name);
  }
  return out;
}

// --- its name ----------------------------------------------------------------------------

/// FNV-1a: equal contents, equal name. No defence against anybody: all of it is root's.
class Fingerprint {
 public:
  void add(std::string_view text) {
    for (const char c : text) mix(static_cast<unsigned char>(c));
    mix(0);
  }
  [[nodiscard]] std::string hex() const {
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4)
      out.push_back("0123456789abcdef"[value_ >> static_cast<unsigned>(shift) & 0xFU]);
    return out;
  }

 private:
  void mix(unsigned byte) { value_ = (value_ ^ byte) * 0x100000001B3U; }
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

std::string name_of(const std::vector<FromHost>& host, const std::vector<std::string>& merged) {
  Fingerprint fingerprint;
  for (const auto path : directories()) fingerprint.add(path);
  for (const stack_tree::Link& link : links()) {
    fingerprint.add(link.path);
    fingerprint.add(link.target);
  }
  for (const Text& text : kTexts) {
    fingerprint.add(text.path);
    fingerprint.add(text.text);
  }
  for (const FromHost& part : host) fingerprint.add(part.path);
  for (const std::string& name : merged) fingerprint.add(name);
  return "host-" + fingerprint.hex();
}

// --- making it -----------------------------------------------------------------------------

/// Every call is below `root`, a directory that was made a moment ago, that only root can
/// write and nobody else knows of: there is no symlink to be followed but our own.
bool fill(int root, const std::vector<FromHost>& host, const std::vector<std::string>& merged) {
  for (const auto path : directories())
    if (::mkdirat(root, std::string(path).c_str(), 0755) != 0) return false;
  for (const stack_tree::Link& link : links())
    if (::symlinkat(std::string(link.target).c_str(), root, std::string(link.path).c_str()) !=
        0)
      return false;
  for (const std::string& name : merged)
    if (::symlinkat(("usr/" + name).c_str(), root, name.c_str()) != 0) return false;
  for (const Text& text : kTexts)
    if (!create_file(root, std::string(text.path).c_str(), 0444, text.text)) return false;
  for (const FromHost& part : host) {
    const char* path = part.path.c_str() + 1;
    if (part.is_directory ? ::mkdirat(root, path, 0755) != 0 && errno != EEXIST
                          : !create_file(root, path, 0444, ""))
      return false;
  }
  // Modes above went through the umask, which is 077 here.
  for (const auto path : directories())
    if (::fchmodat(root, std::string(path).c_str(), 0755, 0) != 0) return false;
  return ::fchmodat(root, "tmp", 01777, 0) == 0 && ::fchmod(root, 0755) == 0;
}

}  // namespace

std::optional<Stack> host_stack() {
  const auto merged = merged_into_usr();
  Stack stack{.root = {}, .from_host = from_host()};
  const std::string name = name_of(stack.from_host, merged);
  stack.root = std::string(kHostStacks) + "/" + name + "/rootfs";
  if (::access(stack.root.c_str(), F_OK) == 0) return stack;

  ::mkdir(paths::kRun, 0755);
  ::mkdir(kHostStacks, 0700);
  const UniqueFd stacks = open_directory(AT_FDCWD, kHostStacks);
  const std::string made = name + "." + std::to_string(::getpid());
  if (stacks) remove_own(stacks.get(), made.c_str());  // of a process of that number, long gone
  if (!stacks || ::mkdirat(stacks.get(), made.c_str(), 0700) != 0 ||
      ::mkdirat(stacks.get(), (made + "/rootfs").c_str(), 0700) != 0) {
    complain_errno("make a directory in '", kHostStacks, "'");
    return std::nullopt;
  }
  const UniqueFd root = open_directory(stacks.get(), (made + "/rootfs").c_str());
  const bool is_filled = root && fill(root.get(), stack.from_host, merged);
  if (!is_filled) complain_errno("make the stack in '", kHostStacks, "'");
  // Whoever was faster has made the same: rename refuses to replace a directory with
  // something in it.
  if (!is_filled || ::renameat(stacks.get(), made.c_str(), stacks.get(), name.c_str()) != 0)
    remove_own(stacks.get(), made.c_str());
  if (::access(stack.root.c_str(), F_OK) != 0) return std::nullopt;
  return stack;
}

}  // namespace hythe::container
