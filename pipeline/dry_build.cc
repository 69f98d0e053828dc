// SPDX-License-Identifier: Apache-2.0
#include "pipeline/dry_build.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "core/paths.h"
#include "lib/archive/directory_tar.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/helper.h"
#include "pipeline/build_container.h"
#include "pipeline/build_queue.h"
#include "pipeline/builder_words.h"
#include "pipeline/dry_place.h"
#include "pipeline/jobs.h"
#include "pipeline/process_types.h"

namespace hythe {
namespace {

/// Where the buildpack travels in the tar. Nobody's source has this.
constexpr const char* kAside = ".hythe-buildpack/";

/// Headers and padding of a tar, generously.
constexpr std::uint64_t kTarOverhead = 64U << 20U;

/// Whatever comes of it, the build is forgotten.
class Forgotten {
 public:
  explicit Forgotten(const AppName& name) : name_(name) {}
  Forgotten(const Forgotten&) = delete;
  Forgotten& operator=(const Forgotten&) = delete;
  ~Forgotten() {
    try {
      discard_build(name_, 1);
    } catch (const std::exception&) {
      // The next dry build forgets it.
    }
  }

 private:
  const AppName& name_;
};

/// Nobody builds, or waits to, for a reader who is gone. A file is none.
void watch_reader(Cancellation& cancellation) {
  try {
    cancellation.watch_hang_up(STDOUT_FILENO);
  } catch (const SystemError& error) {
    if (error.code() != EPERM) throw;
  }
}

std::string name_of(const std::string& directory) {
  return std::filesystem::canonical(directory).filename();  // of "." as well
}

/// Waits for stdin; false when nobody wants the rest: the build is over.
bool has_more(int fd, int cancel_fd) {
  pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
                  {.fd = fd, .events = 0, .revents = 0},
                  {.fd = cancel_fd, .events = POLLIN, .revents = 0}};
  while (::poll(fds, std::size(fds), -1) < 0)
    if (errno != EINTR) throw SystemError(errno, "poll");
  return (fds[1].revents & POLLERR) == 0 && fds[2].revents == 0;
}

void write_source(const DryBuild& order, const Limits& limits, int fd, int cancel_fd) {
  if (order.source == "-") {
    // hythe-build unpacks it, with no more rights than the build has.
    std::uint64_t total = 0;
    for (std::string bytes; has_more(fd, cancel_fd) && read_some(STDIN_FILENO, bytes);
         bytes.clear()) {
      total += bytes.size();
      if (total > limits.source_size + kTarOverhead)
        throw PushError(concat("the tar is larger than ", exact_size(limits.source_size),
                               ", the limit of a source\nraise 'limits.source_size' in ",
                               paths::kConfig));
      write_all(fd, bytes);
    }
    return;
  }
  TarWriter tar(fd, cancel_fd);
  add_directory(tar, order.source, "");
  if (order.buildpack)
    add_directory(tar, *order.buildpack, concat(kAside, name_of(*order.buildpack), '/'));
  tar.finish();
}

ContainerCommand command_for(const DryBuild& order, const BuildPlace& place,
                             const Config& config) {
  BuilderWords words(place, std::string(40, '0'), config);
  if (order.buildpack) words.add("buildpack", concat(kAside, name_of(*order.buildpack)));
  return build_command(words, order.environment, config.limits);
}

void print(const Build& build, const Config& config, Console& console) {
  console.step("A release would hold");
  console.detail(concat("buildpacks: ", describe(build.buildpacks)));
  console.detail(concat("size: ", format_size(build.size)));
  const ReleaseOutput last = last_word(build, console);
  for (const ProcessCommand& process : process_types(build, last, console))
    console.detail(concat(process.type, ": ", printable(process.command)));
  for (const Job& job : jobs_of(build, config, console))
    console.detail(concat("job: ", printable(job.schedule), ' ', printable(job.command)));
  for (const auto& [name, value] : last.config_vars)
    console.detail(concat("variable ", printable(name), "=", printable(value)));
  for (const UsedBuildpack& buildpack : build.buildpacks)
    if (!buildpack.report.empty()) {
      console.step(concat("What bin/report of ", buildpack.name, " says"));
      console.output(buildpack.report);
      console.line("");
    }
}

void require_directory(const std::string& path) {
  if (std::error_code problem; !std::filesystem::is_directory(path, problem))
    throw PushError(
        concat("there is no directory '", printable(path), "' that user hythe can see",
               problem ? ": " + problem.message() : ""),
        EX_NOINPUT);
}

}  // namespace

void dry_build(const DryBuild& order, const Config& config, const std::string& who) {
  if (order.source != "-") require_directory(order.source);
  if (order.buildpack) require_directory(*order.buildpack);
  Console console(UniqueFd(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)));
  Cancellation client;
  watch_reader(client);
  const BuildSlot slot = wait_for_build_slot(config, client, console, [] {});
  const DryPlace dry = DryPlace::take(who, console, client);
  call_helper(paths::kLaunchHelper, {"create", std::string(dry.name().view())});
  const BuildPlace place{.app = dry.name(), .deployment = 1, .stack = order.stack};
  const Forgotten afterwards(dry.name());
  const FinishedBuild finished = run_build(
      place, command_for(order, place, config),
      [&](int fd, int cancel_fd) { write_source(order, config.limits, fd, cancel_fd); },
      console, client);
  finished.throw_if_failed(config.limits);
  print(finished.build, config, console);
}

}  // namespace hythe
