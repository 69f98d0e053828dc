// SPDX-License-Identifier: Apache-2.0
#include "pipeline/archive_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/process/confined_child.h"
#include "pipeline/archive_survey.h"
#include "pipeline/java_archive.h"

namespace hythe {
namespace {

/// Paths, targets and numbers of as many entries as there may be.
constexpr std::size_t kMaxAnswer = 192U << 20U;

/// What the jar buildpack finds at the top of the source: its own name, if that is a plain one.
std::string file_name(const std::string& name, ArchiveContents::Kind kind) {
  const std::string ending = kind == ArchiveContents::Kind::war ? ".war" : ".jar";
  std::string own = name.substr(name.rfind('/') + 1);
  const bool is_plain = own.size() > ending.size() && own.size() <= 100 &&
                        own.ends_with(ending) && own.front() != '-' && own.front() != '.' &&
                        own.find_first_not_of(
                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
                            "WXYZ0123456789._-") == std::string::npos;
  return is_plain ? own : "app" + ending;
}

std::string read_confined(int archive, int bytes, const std::string& name,
                          const Limits& limits) {
  const auto kind = recognise_archive(archive, name);
  if (kind == ArchiveContents::Kind::source)
    return survey_archive(archive, bytes, limits).encode();
  ArchiveContents contents;
  contents.kind = kind;
  return contents.encode();
}

std::uint64_t size_of(int file) {
  struct stat status = {};
  if (::fstat(file, &status) != 0) throw SystemError(errno, "look at a temporary file");
  return static_cast<std::uint64_t>(status.st_size);
}

UniqueFd duplicate(int fd) {
  UniqueFd copy(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
  if (!copy) throw SystemError(errno, "duplicate a descriptor");
  return copy;
}

void copy_bytes(int from, const ArchiveEntry& entry, TarWriter& tar) {
  char buffer[65536];
  for (std::uint64_t done = 0; done < entry.size;) {
    const auto wanted = std::min<std::uint64_t>(sizeof buffer, entry.size - done);
    const ssize_t got = ::pread(from, buffer, wanted, static_cast<off_t>(entry.offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw SystemError(got < 0 ? errno : EIO, "read an archive's files");
    tar.write({buffer, static_cast<std::size_t>(got)});
    done += static_cast<std::uint64_t>(got);
  }
}

}  // namespace

const std::vector<Submodule>& ArchiveSource::submodules() const noexcept {
  static const std::vector<Submodule> none;
  return none;
}

void ArchiveSource::write_tar(int fd, int cancel_fd) const {
  TarWriter tar(fd, cancel_fd);
  for (const ArchiveEntry& entry : contents_.entries) {
    tar.begin({.kind = entry.kind,
               .path = entry.path,
               .size = entry.size,
               .target = entry.target,
               .modified = entry.modified});
    copy_bytes(bytes_.get(), entry, tar);
  }
  tar.finish();
}

std::string ArchiveSource::describe() const {
  if (contents_.kind != ArchiveContents::Kind::source)
    return concat(contents_.kind == ArchiveContents::Kind::war ? "a WAR" : "a JAR",
                  ", built as '", contents_.entries.front().path, '\'');
  const auto files =
      std::count_if(contents_.entries.begin(), contents_.entries.end(),
                    [](const auto& entry) { return entry.kind != TarMember::Kind::directory; });
  return concat(files, files == 1 ? " file" : " files",
                contents_.top.empty() ? ""
                                      : concat(", without the folder '",
                                               printable(contents_.top), "' around them"));
}

ArchiveSource unpack_archive(const ReceivedArchive& archive, const Limits& limits,
                             const Cancellation& cancellation) {
  UniqueFd bytes = open_nameless_file();
  // From its start; and what was summed up cannot be written to any more.
  const UniqueFd input = open_file(concat("/proc/self/fd/", archive.file.get()), O_RDONLY);
  const std::string answer = run_confined(
      input.get(), bytes.get(),
      {.time = std::min<Milliseconds>(limits.archive_time, std::chrono::hours(24)),
       .output_size = limits.source_size,
       .answer_size = kMaxAnswer},
      cancellation,
      [&](int in, int out) { return read_confined(in, out, archive.source.name, limits); });
  auto contents = ArchiveContents::decode(answer, size_of(bytes.get()), limits);
  if (contents.kind == ArchiveContents::Kind::source)
    return {std::move(bytes), std::move(contents)};
  refuse_larger_than(limits.source_size, archive.size);
  contents.entries = {{.path = file_name(archive.source.name, contents.kind),
                       .size = archive.size,
                       .modified = unix_time().count() / 1000}};
  return {duplicate(archive.file.get()), std::move(contents)};
}

}  // namespace hythe
