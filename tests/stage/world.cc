// SPDX-License-Identifier: Apache-2.0
#include "tests/stage/world.h"

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <sstream>

#include "core/paths.h"

namespace hythe::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCalls = "/run/hythe/calls";
constexpr const char* kLaunchScript = "/run/hythe/launch.sh";
constexpr const char* kRouteScript = "/run/hythe/route.sh";

/// As the real one does, as far as the pipeline sees it.
constexpr const char* kMarkers = R"(
lanes=/run/hythe/lanes/$2
case $1 in
  set) cat >/run/hythe/domains ;;
  switch) mkdir -p "$lanes"; for lane in a b c d; do [ $lane = "$3" ] || rm -f "$lanes/$lane"; done; : >"$lanes/$3" ;;
  off) rm -rf "$lanes" ;;
esac
)";

bool put(const char* path, const std::string& text) {
  const UniqueFd file(::open(path, O_WRONLY | O_CLOEXEC));
  return file &&
         ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

/// The same user as before, with rights over the new namespaces only.
bool keep_identity(uid_t uid, gid_t gid) {
  if (uid == 0) return true;
  return put("/proc/self/setgroups", "deny") &&
         put("/proc/self/uid_map", concat(uid, ' ', uid, " 1")) &&
         put("/proc/self/gid_map", concat(gid, ' ', gid, " 1"));
}

bool mount_memory(const char* path) {
  return ::mount("world", path, "tmpfs", 0, "mode=0755") == 0;
}

bool bring_up_loopback() {
  const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request = {};
  request.ifr_name[0] = 'l';
  request.ifr_name[1] = 'o';
  request.ifr_flags = IFF_UP;
  return ::ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0;
}

void install(const char* path, const std::string& name, const char* script) {
  fs::create_directories(fs::path(path).parent_path());
  spill(path, concat("#!/bin/sh\necho \"", name, " $*\" >>", kCalls, "\n. ", script, "\n"));
  ::chmod(path, 0755);
}

Progress begin(const AppName& app) {
  return Progress(Deployment::begin(app));
}

}  // namespace

bool enter_world() {
  const uid_t uid = ::getuid();
  const gid_t gid = ::getgid();
  const int user = uid == 0 ? 0 : CLONE_NEWUSER;
  if (::unshare(CLONE_NEWNS | CLONE_NEWNET | user) != 0 || !keep_identity(uid, gid) ||
      ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return false;
  if (!mount_memory("/run") || !mount_memory("/var/lib") || !mount_memory("/var/log") ||
      !bring_up_loopback())
    return false;
  ::mkdir("/run/upper", 0755);
  ::mkdir("/run/work", 0755);
  if (::mount("world", "/usr/lib", "overlay", 0,
              "lowerdir=/usr/lib,upperdir=/run/upper,workdir=/run/work") != 0)
    return false;
  install(paths::kLaunchHelper, "launch", kLaunchScript);
  install(paths::kRouteHelper, "route", kRouteScript);
  return true;
}

/// The world must be there before the first member is.
struct Empty {
  explicit Empty(const AppName& app) {
    for (const char* directory : {paths::kState, paths::kRun, paths::kLogs})
      fs::remove_all(directory);
    for (const char* directory :
         {paths::kRepos, paths::kBuildQueue, paths::kContainers, paths::kLanes})
      fs::create_directories(directory);
    for (const char* kind : {"deployments", "releases"})
      fs::create_directories(concat(App::directory(app), '/', kind));
    spill(kCalls, "");
    spill(kLaunchScript, ":");
    spill(kRouteScript, kMarkers);
  }
};

Stage::Stage() : progress((Empty(shop), begin(shop))) {
  config.base_domain = "example.org";
  fs::create_directory_symlink(repository.path(), App::repository(shop));
  App{.name = shop}.save();
}

void Stage::launch_does(const std::string& script) {
  spill(kLaunchScript, script);
}
void Stage::route_does(const std::string& script) {
  spill(kRouteScript, script);
}

std::vector<std::string> Stage::calls() {
  std::istringstream lines(slurp(kCalls));
  std::vector<std::string> out;
  for (std::string line; std::getline(lines, line);) out.push_back(line);
  return out;
}

void Stage::make_live(Lane lane) {
  const std::string markers = concat(paths::kLanes, "/shop");
  fs::remove_all(markers);
  fs::create_directories(markers);
  spill(concat(markers, '/', letter(lane)), "");
}

void Stage::make_container(Lane lane) {
  fs::create_directories(concat(paths::kContainers, "/shop.", letter(lane), ".0"));
}

AppLock Stage::lock() {
  const Cancellation never;
  return AppLock::take(*AppName::parse("shop"), {.doing = "a test"}, never,
                       [](const LockHolder&) {});
}

}  // namespace hythe::test

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  ::signal(SIGPIPE, SIG_IGN);
  if (!hythe::test::enter_world()) {
    std::cout << "skipped: this user may have no namespaces here\n"
              << "0 passed, 0 failed, 1 skipped\n";
    return 0;
  }
  return RUN_ALL_TESTS();
}
