// SPDX-License-Identifier: Apache-2.0
#include "inside/build/git.h"

#include <unistd.h>

#include "inside/build/credentials.h"
#include "inside/build/private_file.h"

namespace hythe::builder {
namespace {

void write_key(const std::string& path, std::string key) {
  if (!key.ends_with('\n')) key += '\n';  // ssh insists on it
  ::unlink(path.c_str());
  write_private_file(path, key);
}

}  // namespace

Git::Git(const Variables& environment, const std::string& home, const std::string& key)
    : environment_(environment) {
  // Hosts are met for the first time in every build: there is nothing to compare their keys
  // with, but what the administrator may have in ssh's own configuration of the stack.
  std::string ssh =
      "ssh -o BatchMode=yes -o ConnectTimeout=30 -o LogLevel=ERROR -o "
      "StrictHostKeyChecking=accept-new"
      " -o UserKnownHostsFile=/tmp/known_hosts";
  if (!key.empty()) {
    const std::string path = home + "/.hythe-ssh-key";
    write_key(path, key);
    ssh += " -o IdentitiesOnly=yes -i " + path;
  }
  for (const auto& [name, value] : Variables{
           {"LC_ALL", "C.UTF-8"},
           {"GIT_TERMINAL_PROMPT", "0"},
           {"GIT_SSH_COMMAND", ssh},
           // `file` for insteadOf: an administrator's mirror may be a directory.
           {"GIT_ALLOW_PROTOCOL", "http:https:ssh:git:file"},
           {"GIT_HTTP_LOW_SPEED_LIMIT", "1000"},
           {"GIT_HTTP_LOW_SPEED_TIME", "30"},
       })
    environment_.insert_or_assign(name, value);
}

Outcome Git::local(const std::string& directory,
                   const std::vector<std::string>& arguments) const {
  std::vector<std::string> argv = {find_program("git")};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return builder::run({.argv = std::move(argv),
                       .environment = environment_,
                       .directory = directory,
                       .output = Stream::captured,
                       .errors = Stream::hidden},
                      16U << 20U);
}

Outcome Git::remote(const std::string& directory, const std::vector<std::string>& arguments,
                    const DownloadLimits& limits) const {
  return run_limited("git", arguments, environment_, directory, limits);
}

Git Git::authorized_for(const std::string& url) const {
  const std::string header = authorization_for(url);
  if (header.empty()) return *this;
  return with("GIT_CONFIG_COUNT", "1")
      .with("GIT_CONFIG_KEY_0", "http." + without_user(url) + ".extraHeader")
      .with("GIT_CONFIG_VALUE_0", header);
}

Git Git::with(const std::string& name, const std::string& value) const {
  Git copy = *this;
  copy.environment_.insert_or_assign(name, value);
  return copy;
}

}  // namespace hythe::builder
