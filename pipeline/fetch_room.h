// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lib/git/git_command.h"

namespace hythe {

/// Where git speaks to a forge: a repository that is made for it and then goes, inside of the
/// one that is fetched for. It has that one's objects, and knows its tips, so that nothing is
/// sent twice; but neither its refs nor where its history ends are the forge's to change. One
/// at a time.
class FetchRoom {
 public:
  /// Throws SystemError.
  explicit FetchRoom(std::string repository);
  FetchRoom(const FetchRoom&) = delete;
  FetchRoom& operator=(const FetchRoom&) = delete;
  ~FetchRoom();

  [[nodiscard]] GitCommand git() const;
  /// Has the repository's `ref` be what git fetched into that of the room. Throws PushError
  /// when it is only the end of a history.
  void bring(const std::string& ref) const;

 private:
  std::string repository_;
  std::string room_;
  std::string boundary_;  // of the repository: where pushes of parts of a history begin
};

}  // namespace hythe
