// SPDX-License-Identifier: Apache-2.0
#include "stacks/furnish.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/stack_tree.h"
#include "core/unique_fd.h"
#include "lib/errors.h"
#include "stacks/tree.h"

namespace hythe::stacks {
namespace {

#if defined(__x86_64__)
constexpr unsigned kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
#endif
constexpr std::size_t kMaxSuite = 40;

/// "a/b" → "a" and "b".
struct Split {
  std::string parent;
  std::string name;
};

Split split(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {"", std::string(path)};
  return {std::string(path.substr(0, slash)), std::string(path.substr(slash + 1))};
}

/// A real directory at that path: crun would be led astray by a link, and could mount nothing
/// on a file.
void make_directory(int root, std::string_view path) {
  const Split at = split(path);
  const UniqueFd parent = open_beneath(root, at.parent, O_RDONLY | O_DIRECTORY);
  if (!parent) throw SystemError(errno, "open '", at.parent, "'");
  struct stat status = {};
  if (::fstatat(parent.get(), at.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
      !S_ISDIR(status.st_mode)) {
    remove_tree(parent.get(), at.name);
    if (::mkdirat(parent.get(), at.name.c_str(), 0755) != 0)
      throw SystemError(errno, "make '", path, "'");
  }
  // Every user can pass, whatever the archive says; see to it that "tmp" is not 0700.
  if (::fchmodat(parent.get(), at.name.c_str(), 0755, 0) != 0)
    throw SystemError(errno, "set the mode of '", path, "'");
}

void make_link(int root, const stack_tree::Link& link) {
  const Split at = split(link.path);
  const UniqueFd parent = open_beneath(root, at.parent, O_RDONLY | O_DIRECTORY);
  if (!parent) throw SystemError(errno, "open '", at.parent, "'");
  remove_tree(parent.get(), at.name);
  if (::symlinkat(std::string(link.target).c_str(), parent.get(), at.name.c_str()) != 0)
    throw SystemError(errno, "make '", link.path, "'");
}

void make_file(int root, std::string_view path, std::string_view text) {
  const Split at = split(path);
  const UniqueFd parent = open_beneath(root, at.parent, O_RDONLY | O_DIRECTORY);
  if (!parent) throw SystemError(errno, "open '", at.parent, "'");
  replace_with_file(parent.get(), at.name, text, 0444);
}

bool has(int root, const std::string& path) {
  return static_cast<bool>(open_in_root(root, path, O_PATH));
}

bool is_program_of_this_machine(int root, const std::string& path) {
  const UniqueFd file = open_in_root(root, path, O_RDONLY | O_NONBLOCK);
  struct stat status = {};
  Elf64_Ehdr header = {};
  return file && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) &&
         (status.st_mode & 0001U) != 0 &&
         ::read(file.get(), &header, sizeof header) == static_cast<ssize_t>(sizeof header) &&
         std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 && header.e_machine == kMachine;
}

/// The value of a line NAME=VALUE or NAME="VALUE", of plain characters only.
std::string value_of(std::string_view name, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with(name) || line.substr(name.size()).substr(0, 1) != "=") continue;
    line.remove_prefix(name.size() + 1);
    std::string value;
    for (const char c : line) {
      const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
      if (is_plain && value.size() < kMaxSuite) value.push_back(c);
    }
    return value;
  }
  return {};
}

}  // namespace

void require_usable(int root) {
  for (const char* program : {"bin/bash", "usr/bin/env"})
    if (!is_program_of_this_machine(root, program))
      throw PushError(concat("there is no /", program, " in it that runs on this machine",
                             "\na stack is a whole root file system: see hythe(1)"));
}

void furnish(int root) {
  for (const std::string_view path : stack_tree::kDirectories) make_directory(root, path);
  for (const stack_tree::Link& link : stack_tree::kLinks) make_link(root, link);
  make_directory(root, "etc/ssl/certs");
  make_file(root, stack_tree::kAuthorities, "");
  if (!has(root, "etc/nsswitch.conf"))
    make_file(root, "etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
  // Buildpacks that install packages read it, also where there are deb822 files only.
  if (has(root, "etc/apt") && !has(root, "etc/apt/sources.list")) {
    make_directory(root, "etc/apt");
    make_file(root, "etc/apt/sources.list", "");
  }
  if (::fchmod(root, 0755) != 0) throw SystemError(errno, "set the mode of the stack");
}

std::string suite_in(const std::string& os_release) {
  const std::string codename = value_of("VERSION_CODENAME", os_release);
  if (!codename.empty()) return codename;
  const std::string id = value_of("ID", os_release);
  const std::string version = value_of("VERSION_ID", os_release);
  if (id.empty()) return "unknown";
  return version.empty() ? id : id + "-" + version;
}

std::string suite_of(int root) {
  const UniqueFd file = open_in_root(root, "etc/os-release", O_RDONLY | O_NONBLOCK);
  char text[16384];
  const ssize_t length = file ? ::read(file.get(), text, sizeof text) : -1;
  return suite_in(length > 0 ? std::string(text, static_cast<std::size_t>(length)) : "");
}

}  // namespace hythe::stacks
