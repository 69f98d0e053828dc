// SPDX-License-Identifier: Apache-2.0
#include "pipeline/unpack_source.h"

#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/preflight.h"
#include "pipeline/archive_source.h"
#include "pipeline/receive.h"
#include "pipeline/unpack.h"

namespace hythe {
namespace {

SourceTree unpack_commit(const Order& order, const Config& config, Progress& progress) {
  GitRepository repository = GitRepository::open(App::repository(order.app), order.quarantine);
  if (order.kind == Order::Kind::push) {
    remove_stale_ref_locks(order.app, order.ref);
    remove_abandoned_quarantines(order);
    refuse_what_git_would(repository, order);
  }
  progress.record.summary = printable(repository.read_commit(order.commit).summary);
  progress.console.detail(concat("commit ", order.commit.short_text(), ": ",
                                 printable(progress.record.summary, 60)));

  progress.enter(Status::building, "unpack");
  return unpack(std::move(repository), order.commit,
                {.bytes = config.limits.source_size,
                 .files = config.limits.source_files,
                 .path_length = config.limits.path_length});
}

ArchiveSource unpack_archive(const Order& order, const Config& config, Progress& progress) {
  const SourceArchive& archive = order.archive->source;
  progress.record.summary = archive.name;
  progress.console.detail(concat(archive.describe(), ", ", format_size(order.archive->size),
                                 ", sha256 ", archive.sha256));
  progress.enter(Status::building, "unpack");
  require_room();  // its files come to lie beside it, and it may have waited for long
  ArchiveSource source = unpack_archive(*order.archive, config.limits, progress.cancellation);
  progress.console.detail(source.describe());
  return source;
}

}  // namespace

std::unique_ptr<Source> unpack_source(const Order& order, const Config& config,
                                      Progress& progress) {
  if (order.archive)
    return std::make_unique<ArchiveSource>(unpack_archive(order, config, progress));
  return std::make_unique<SourceTree>(unpack_commit(order, config, progress));
}

}  // namespace hythe
