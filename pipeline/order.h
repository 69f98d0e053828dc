// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "lib/git/oid.h"
#include "lib/process/process_identity.h"
#include "model/app.h"
#include "model/received_archive.h"
#include "pipeline/deploy_options.h"

namespace hythe {

/// What was asked for, by whichever trigger. Every one ends in deploy(order).
struct Order {
  enum class Kind {
    push,     // commit → build → serve; git moves the ref when we succeed
    deploy,   // the branch as it is → build → serve
    archive,  // an archive → build → serve; the branch stays what it is
    link,  // a forge's branch → fetch → build → serve; we move the ref when that succeeds
    change,   // other variables or another formation for the release that serves
    restore,  // what should run and does not: after a reboot
  };

  Kind kind;
  AppName app;
  std::string who;

  std::shared_ptr<const ReceivedArchive> archive{};  // archive

  // push, deploy and link
  std::string ref{};
  Oid commit{};
  Oid old{};                 // push: what the pusher saw there
  std::string quarantine{};  // push: where the new objects are until we succeed
  std::optional<ProcessIdentity> receive_pack{};  // push: its end is git's answer

  // link
  std::string linked_branch{};       // at the forge, or …
  std::uint64_t linked_request = 0;  // … the pull or merge request of that number
  std::string wanted_commit{};  // one of its commits, perhaps abbreviated; empty: the newest

  DeployOptions options{};

  // change
  Change change{};
  std::string trigger{};  // a verb of hythe, or "push"

  [[nodiscard]] bool builds() const {
    return kind == Kind::push || kind == Kind::deploy || kind == Kind::archive ||
           kind == Kind::link;
  }
  /// Of what is built, for records and for SOURCE_VERSION; "" while there is none.
  [[nodiscard]] std::string commit_id() const { return commit.is_zero() ? "" : commit.text(); }
  [[nodiscard]] std::optional<SourceArchive> source_archive() const {
    return archive ? std::optional(archive->source) : std::nullopt;
  }
  [[nodiscard]] std::string version() const {
    return archive ? archive->source.version : commit.text();
  }
};

}  // namespace hythe
