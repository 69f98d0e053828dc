// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/git/oid.h"
#include "lib/process/child.h"

/// Real repositories, made by git's own plumbing in a directory that goes with its object.
namespace hythe::test {

class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "hythe-git-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw SystemError(errno, "make a directory");
    path_ = name;
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string operator/(std::string_view name) const {
    return path_ + '/' + std::string(name);
  }

 private:
  std::string path_;
};

inline void spill(const std::string& path, std::string_view bytes) {
  const UniqueFd file = open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
  write_all(file.get(), bytes);
}

inline std::string slurp(const std::string& path) {
  return read_file(path, 1U << 30U);
}

class TestRepository {
 public:
  /// `name` is that of the bare repository's directory.
  explicit TestRepository(const std::string& name = "app.git") : path_(scratch_ / name) {
    git({"init", "-q", "--bare", "-b", "main", path_});
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const ScratchDirectory& scratch() const { return scratch_; }

  /// From now on new objects go to this directory, as receive-pack has it during a push.
  /// Returns its path.
  std::string quarantine(const std::string& name = "quarantine") {
    const std::string directory = scratch_ / name;
    std::filesystem::create_directories(directory + "/pack");
    environment_.push_back("GIT_OBJECT_DIRECTORY=" + directory);
    environment_.push_back("GIT_ALTERNATE_OBJECT_DIRECTORIES=\"" + path_ + "/objects\"");
    return directory;
  }

  /// stdout of a git command, without the last newline.
  std::string git(const std::vector<std::string>& words, std::string_view input = {}) const {
    const std::string in = scratch_ / "stdin";
    const std::string out = scratch_ / "stdout";
    spill(in, input);
    const UniqueFd stdin_file = open_file(in, O_RDONLY);
    const UniqueFd stdout_file = open_file(out, O_WRONLY | O_CREAT | O_TRUNC);
    Command command{.argv = {paths::kGit, "--git-dir=" + path_},
                    .environment = environment_,
                    .stdin_fd = stdin_file.get(),
                    .stdout_fd = stdout_file.get()};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    if (!Child::start(command).wait().is_success())
      throw std::runtime_error("git " + words.front() + " failed");
    std::string text = slurp(out);
    if (text.ends_with('\n')) text.pop_back();
    return text;
  }

  Oid object(const std::string& type, std::string_view bytes) const {
    return *Oid::parse(git({"hash-object", "-w", "--literally", "-t", type, "--stdin"}, bytes));
  }
  Oid blob(std::string_view bytes) const { return object("blob", bytes); }

  struct Entry {
    std::string mode;
    std::string name;
    Oid oid;
  };
  /// Exactly these entries in exactly this order, whether git would make such a tree or not.
  Oid tree(const std::vector<Entry>& entries) const {
    std::string bytes;
    for (const Entry& entry : entries) {
      bytes += entry.mode + ' ' + entry.name + '\0';
      for (const unsigned char byte : entry.oid.bytes())
        bytes.push_back(static_cast<char>(byte));
    }
    return object("tree", bytes);
  }
  Oid commit(const Oid& tree, const std::string& message = "a commit",
             const std::vector<Oid>& parents = {}) const {
    std::vector<std::string> words = {"commit-tree", tree.text()};
    for (const Oid& parent : parents) words.insert(words.end(), {"-p", parent.text()});
    return *Oid::parse(git(words, message));
  }

  struct File {
    std::string mode;
    std::string bytes;
    friend bool operator==(const File&, const File&) = default;
  };
  using Files = std::map<std::string, File>;
  /// A commit of files at paths, as a developer would make it.
  Oid commit_files(const Files& files, const std::vector<Oid>& parents = {}) {
    std::string lines;
    for (const auto& [path, file] : files)
      lines += file.mode + ' ' + blob(file.bytes).text() + '\t' + path + '\0';
    std::filesystem::remove(path_ + "/index");
    git({"update-index", "-z", "--index-info"}, lines);
    return commit(*Oid::parse(git({"write-tree"})), "files", parents);
  }

  void set_ref(const std::string& name, const Oid& oid) const {
    git({"update-ref", name, oid.text()});
  }

 private:
  ScratchDirectory scratch_{};
  std::string path_;
  std::vector<std::string> environment_ = {"PATH=/usr/bin:/bin",
                                           "HOME=/nonexistent",
                                           "GIT_CONFIG_NOSYSTEM=1",
                                           "GIT_AUTHOR_NAME=Ada Developer",
                                           "GIT_AUTHOR_EMAIL=ada@example.org",
                                           "GIT_AUTHOR_DATE=1600000000 +0200",
                                           "GIT_COMMITTER_NAME=Carl",
                                           "GIT_COMMITTER_EMAIL=carl@example.org",
                                           "GIT_COMMITTER_DATE=1700000000 +0000"};
};

}  // namespace hythe::test
