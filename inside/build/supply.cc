// SPDX-License-Identifier: Apache-2.0
#include "inside/build/supply.h"

#include <filesystem>

#include "inside/build/console.h"
#include "inside/build/exit_code.h"
#include "inside/build/failure.h"
#include "inside/build/mirror.h"
#include "inside/build/private_file.h"
#include "inside/build/submodules.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// A buildpack is a handful of scripts; some bring a runtime.
constexpr DownloadLimits kLimits{.time = std::chrono::seconds(120), .file_size = 256U << 20U};
constexpr SubmoduleLimits kSubmoduleLimits{.bytes = kLimits.file_size, .files = 50'000};

bool exists(const std::string& path) {
  std::error_code none;
  return fs::exists(path, none);
}

void say_stale(const std::string& reason) {
  say_warning("It cannot be fetched now, using the one of an earlier build:\n" + reason);
}

Supplied from_repository(const BuildpackAddress& address, const std::string& directory,
                         const Layout& layout, const Git& git) {
  const Mirror mirror(git, layout.mirrors(), address.location);
  const auto fetched = mirror.fetch(address.ref, kLimits);
  if (!fetched.unreachable.empty()) say_stale(fetched.unreachable);
  fs::create_directories(directory);
  mirror.write_files(fetched.commit, directory);
  fetch_submodules(submodules_of(mirror, fetched.commit), directory, address.location, git,
                   layout.mirrors(), kSubmoduleLimits);
  say_detail("commit " + fetched.commit.substr(0, 7));
  return {.buildpack = Buildpack(address.name, directory),
          .url = address.shown(),
          .version = fetched.commit};
}

/// Where to download from, in a file that only the build can read: it may have a token in it.
class CurlConfig {
 public:
  CurlConfig(std::string path, const std::string& url) : path_(std::move(path)) {
    std::string quoted;
    for (const char c : url) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    write_private_file(path_, "url = \"" + quoted + "\"\n");
  }
  CurlConfig(const CurlConfig&) = delete;
  CurlConfig& operator=(const CurlConfig&) = delete;
  ~CurlConfig() { remove_tree(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// The archive, as it is now or as an earlier build has kept it.
std::string download(const BuildpackAddress& address, const Layout& layout,
                     const Variables& environment) {
  const std::string kept =
      layout.mirrors() + "/" + as_file_name(without_credentials(address.location));
  const std::string fresh = kept + ".new";
  fs::create_directories(layout.mirrors());
  const CurlConfig config(layout.home + "/.hythe-curl", address.location);
  const Outcome curl =
      run_limited("curl",
                  {"--silent", "--show-error", "--fail", "--location", "--proto",
                   "=http,https,file", "--proto-redir", "=http,https", "--connect-timeout",
                   "30", "--output", fresh, "--config", config.path()},
                  environment, "/", kLimits);
  std::error_code none;
  if (curl.code == 0) {
    fs::rename(fresh, kept);
  } else {
    fs::remove(fresh, none);
    const std::string reason = describe_download("curl", curl, kLimits);
    if (!exists(kept))
      throw BuildFailure("cannot download '" + address.shown() + "'\n" + reason, curl.code);
    say_stale(reason);
  }
  return kept;
}

/// Some archives have everything in one directory, as GitHub makes them.
std::string root_of_archive(const std::string& directory) {
  if (exists(directory + "/bin")) return directory;
  std::string only;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (!is_real_directory(entry.path())) continue;
    if (!only.empty()) return directory;
    only = entry.path();
  }
  return only.empty() || !exists(only + "/bin") ? directory : only;
}

Supplied from_archive(const BuildpackAddress& address, const std::string& directory,
                      const Layout& layout, const Variables& environment) {
  const std::string archive = download(address, layout, environment);
  fs::create_directories(directory);
  const Outcome tar = run_limited("tar", {"-xzf", archive, "--no-same-owner", "-C", directory},
                                  environment, "/", kLimits);
  if (tar.code != 0) {
    fs::remove(archive);
    throw BuildFailure("'" + address.shown() + "' cannot be unpacked\n" +
                           describe_download("tar", tar, kLimits),
                       tar.code);
  }
  const Outcome sum = run({.argv = {find_program("sha256sum"), archive},
                           .environment = environment,
                           .directory = "/",
                           .output = Stream::captured});
  const std::string version = sum.output.substr(0, sum.output.find(' '));
  say_detail("sha256 " + version.substr(0, 12));
  return {.buildpack = Buildpack(address.name, root_of_archive(directory)),
          .url = address.shown(),
          .version = version};
}

Supplied from_app(const BuildpackAddress& address, const std::string& directory,
                  const Layout& layout) {
  // A link on the way would only lead to what the app can read anyway.
  const std::string original = layout.build_dir + "/" + address.location;
  if (!is_real_directory(original))
    throw BuildFailure("there is no directory './" + address.location + "' in the app");
  copy_tree(original, directory);
  return {.buildpack = Buildpack(address.name, directory), .url = address.shown()};
}

Supplied from_source(const BuildpackAddress& address, const std::string& directory) {
  copy_tree(address.location, directory);
  return {.buildpack = Buildpack(address.name, directory), .url = address.shown()};
}

Supplied from_platform(const BuildpackAddress& address, const std::string& directory,
                       const Layout& layout) {
  copy_tree(layout.official + "/" + address.location, directory);
  return {.buildpack = Buildpack(address.name, directory)};
}

void require_buildpack(const Buildpack& buildpack) {
  const char* const missing = !buildpack.has("bin/detect")    ? "bin/detect"
                              : !buildpack.has("bin/compile") ? "bin/compile"
                                                              : nullptr;
  if (missing == nullptr) return;
  if (buildpack.has("buildpack.toml"))
    throw BuildFailure("'" + buildpack.name() +
                       "' is a Cloud Native Buildpack, which is not supported\nuse its "
                       "predecessor with bin/detect, bin/compile and bin/release");
  throw BuildFailure("'" + buildpack.name() + "' is no buildpack: it has no " + missing);
}

}  // namespace

Supplied supply(const BuildpackAddress& address, int number, const Layout& layout,
                const Variables& environment, const Git& git) {
  using Kind = BuildpackAddress::Kind;
  const std::string directory =
      layout.buildpacks + "/" + std::to_string(number) + "-" + address.name;
  fs::create_directories(layout.buildpacks);
  if (address.kind == Kind::repository || address.kind == Kind::archive)
    say_phase("Downloading Buildpack: " + address.shown());
  Supplied supplied =
      address.kind == Kind::repository ? from_repository(address, directory, layout, git)
      : address.kind == Kind::archive  ? from_archive(address, directory, layout, environment)
      : address.kind == Kind::in_app   ? from_app(address, directory, layout)
      : address.kind == Kind::tried    ? from_source(address, directory)
                                       : from_platform(address, directory, layout);
  require_buildpack(supplied.buildpack);
  supplied.buildpack.make_scripts_executable();
  return supplied;
}

}  // namespace hythe::builder
