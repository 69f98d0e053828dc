// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch_room.h"

#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

std::string read_if_there(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0 ? read_file(path) : std::string();
}

void write(const std::string& path, std::string_view text) {
  replace_file(path, text, Durability::survives_crash_of_hythe);
}

}  // namespace

FetchRoom::FetchRoom(std::string repository)
    : repository_(std::move(repository)),
      room_(repository_ + "/fetching"),
      boundary_(read_if_there(repository_ + "/shallow")) {
  fs::remove_all(room_);  // of a fetch that was killed
  fs::create_directories(room_ + "/refs");
  write(room_ + "/HEAD", "ref: refs/heads/none\n");
  const auto [status, refs] =
      GitCommand(repository_).run({"for-each-ref", "--format=%(objectname) %(refname)"});
  if (!status.is_success()) throw SystemError(EIO, "list refs: git ", status.describe());
  write(room_ + "/packed-refs", refs);
  if (!boundary_.empty()) write(room_ + "/shallow", boundary_);
}

FetchRoom::~FetchRoom() {
  std::error_code later;
  fs::remove_all(room_, later);
}

GitCommand FetchRoom::git() const {
  GitCommand git(room_);
  git.set_variable(concat("GIT_OBJECT_DIRECTORY=", repository_, "/objects"));
  return git;
}

void FetchRoom::bring(const std::string& ref) const {
  std::istringstream boundary(read_if_there(room_ + "/shallow"));
  for (std::string commit; boundary >> commit;)
    if (boundary_.find(commit) == std::string::npos)
      throw PushError(
          concat("the repository at the forge is only a part of another: its history ends at ",
                 commit.substr(0, 7), "\nlink the app to the whole of it"));
  auto [status, oid] = git().run({"rev-parse", "--verify", "--quiet", ref});
  oid.resize(oid.find_last_not_of('\n') + 1);
  if (status.is_success()) status = GitCommand(repository_).run({"update-ref", ref, oid}).first;
  if (!status.is_success()) throw SystemError(EIO, "move '", ref, "': git ", status.describe());
}

}  // namespace hythe
