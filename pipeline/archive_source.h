// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/process/cancellation.h"
#include "model/received_archive.h"
#include "pipeline/archive_contents.h"
#include "pipeline/source.h"

namespace hythe {

/// The files of an archive. Their bytes are in a file without a name.
class ArchiveSource : public Source {
 public:
  ArchiveSource(UniqueFd bytes, ArchiveContents contents)
      : bytes_(std::move(bytes)), contents_(std::move(contents)) {}

  [[nodiscard]] const std::vector<Submodule>& submodules() const noexcept override;
  void write_tar(int fd, int cancel_fd = -1) const override;

  [[nodiscard]] const ArchiveContents& contents() const { return contents_; }
  /// "12 files, without the folder 'shop-1.2'"
  [[nodiscard]] std::string describe() const;

 private:
  UniqueFd bytes_;
  ArchiveContents contents_;
};

/// Has a confined child read an archive. Throws PushError that says what cannot be deployed and
/// the way out, and Cancelled.
[[nodiscard]] ArchiveSource unpack_archive(const ReceivedArchive& archive, const Limits& limits,
                                           const Cancellation& cancellation);

}  // namespace hythe
