// SPDX-License-Identifier: Apache-2.0
#include "lib/git/blob_stream.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <string>
#include <utility>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/git/git_repository.h"

namespace hythe {
namespace {

/// As git reads a path in a list of paths that ':' separates.
std::string quoted(const std::string& path) {
  std::string out = "\"";
  for (const char c : path) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + '"';
}

Command cat_file(const GitRepository& repository, const Oid& oid, int stdout_fd) {
  Command command{.argv = {paths::kGit, "--git-dir=" + repository.path(),
                           // git streams what is larger than this, and holds the rest whole.
                           "-c", "core.bigFileThreshold=1m", "cat-file", "blob", oid.text()},
                  .stdout_fd = stdout_fd};
  for (const char* setting : {"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
                              "GIT_NO_REPLACE_OBJECTS=1", "GIT_NO_LAZY_FETCH=1"})
    command.environment.emplace_back(setting);
  if (!repository.quarantine().empty())
    command.environment.push_back("GIT_ALTERNATE_OBJECT_DIRECTORIES=" +
                                  quoted(repository.quarantine()));
  return command;
}

/// Starts git, of whose pipe only the child then holds the writing end.
Child start(const GitRepository& repository, const Oid& oid, UniqueFd& output) {
  Pipe pipe = Pipe::make();
  output = std::move(pipe.read);
  return Child::start(cat_file(repository, oid, pipe.write.get()));
}

}  // namespace

BlobStream::BlobStream(const GitRepository& repository, const Oid& oid)
    : git_(start(repository, oid, output_)) {}

BlobStream::~BlobStream() {
  if (has_ended_) return;
  try {
    git_.signal(SIGKILL);
    (void)git_.wait();
  } catch (const std::exception&) {
    // It cannot be waited for; without a reader it ends by itself.
  }
}

std::size_t BlobStream::read(std::span<char> buffer) {
  ssize_t got = 0;
  do {
    got = has_ended_ ? 0 : ::read(output_.get(), buffer.data(), buffer.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) throw SystemError(errno, "read from git");
  if (got == 0 && !has_ended_) {
    const ExitStatus status = git_.wait();
    has_ended_ = true;
    if (!status.is_success())
      throw SystemError(EIO, "read a blob: 'git cat-file' ", status.describe());
  }
  return static_cast<std::size_t>(got);
}

}  // namespace hythe
