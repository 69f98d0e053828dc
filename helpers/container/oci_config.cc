// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/oci_config.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "core/paths.h"
#include "core/stack_tree.h"
#include "helpers/container/seccomp.h"

namespace hythe::container {
namespace {

/// Files of the kernel that tell of the host, or do something to it.
constexpr std::string_view kMasked[] = {
    "/proc/acpi",       "/proc/asound",        "/proc/interrupts",  "/proc/kcore",
    "/proc/keys",       "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi",
    "/proc/timer_list", "/proc/timer_stats",
};
constexpr std::string_view kReadOnly[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
                                          "/proc/sysrq-trigger"};

class Json {
 public:
  Json& raw(std::string_view text) {
    text_.append(text);
    return *this;
  }
  Json& number(std::uint64_t value) { return raw(std::to_string(value)); }
  /// No text here needs escaping: all are our own literals, numbers and validated names.
  /// One that would is cut, and crun then refuses what does not exist.
  Json& string(std::string_view text) {
    const auto is_odd = [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; };
    const auto end = std::find_if(text.begin(), text.end(), is_odd);
    return raw("\"")
        .raw(text.substr(0, static_cast<std::size_t>(end - text.begin())))
        .raw("\"");
  }
  template <class Strings>
  Json& strings(const Strings& list) {
    raw("[");
    const char* separator = "";
    for (const auto& text : list) {
      raw(separator).string(text);
      separator = ",";
    }
    return raw("]");
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class Mounts {
 public:
  explicit Mounts(Json& json) : json_(json) {}

  void add(std::string_view destination, std::string_view type, std::string_view source,
           std::initializer_list<std::string_view> options) {
    json_.raw(separator_).raw("{\"destination\":").string(destination);
    json_.raw(",\"type\":").string(type).raw(",\"source\":").string(source);
    json_.raw(",\"options\":").strings(options).raw("}");
    separator_ = ",\n";
  }
  void bind(std::string_view source, std::string_view destination, bool is_writable) {
    // Not recursive: what else is mounted below is not meant. nosuid: there is nothing in a
    // container that could gain rights by being run.
    add(destination, "bind", source, {"bind", is_writable ? "rw" : "ro", "nosuid", "nodev"});
  }
  void scratch(std::string_view destination, std::uint32_t mib, std::string_view mode,
               unsigned owner = 0) {
    const std::string size = "size=" + std::to_string(mib) + "m";
    const std::string uid = "uid=" + std::to_string(owner);
    const std::string gid = "gid=" + std::to_string(owner);
    add(destination, "tmpfs", "tmpfs", {"nosuid", "nodev", size, mode, uid, gid});
  }

 private:
  Json& json_;
  const char* separator_ = "";
};

std::string overlay_option(const char* name, const std::string& path) {
  return std::string(name).append("=").append(path);
}

void write_mounts(Json& json, const OciConfig& config) {
  Mounts mounts(json);
  const std::uint32_t scratch = config.scratch_mib;
  mounts.add("/proc", "proc", "proc", {"nosuid", "nodev", "noexec"});
  mounts.add("/dev", "tmpfs", "tmpfs", {"nosuid", "noexec", "mode=755", "size=64k"});
  mounts.add("/dev/pts", "devpts", "devpts",
             {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"});
  mounts.scratch("/dev/shm", scratch, "mode=1777");
  mounts.scratch("/run", scratch, "mode=1777");
  mounts.scratch("/tmp", scratch, "mode=1777");
  mounts.scratch("/var/tmp", scratch, "mode=1777");
  for (const FromHost& part : config.stack.from_host) mounts.bind(part.path, part.path, false);
  if (config.stack.authorities.empty()) {
    // With the host's /usr: the platform's own programs are nobody's business in there.
    mounts.add(paths::kLibrary, "tmpfs", "tmpfs",
               {"ro", "nosuid", "nodev", "noexec", "size=4k"});
  } else {
    mounts.bind(config.stack.authorities, std::string("/").append(stack_tree::kAuthorities),
                false);
  }
  mounts.bind(config.private_directory, paths::inside::kRoot, false);
  mounts.bind(paths::kInit, paths::inside::kInit, false);
  for (const Bind& bind : config.binds)
    mounts.bind(bind.source, bind.destination, bind.is_writable);
  if (config.overlay) {
    // The lower layer was written by a build, that is by anybody: nothing in it may redirect
    // the kernel to elsewhere.
    mounts.add(paths::inside::kApp, "overlay", "overlay",
               {"nosuid", "nodev", overlay_option("lowerdir", config.overlay->release),
                overlay_option("upperdir", config.overlay->layer + "/upper"),
                overlay_option("workdir", config.overlay->layer + "/work"),
                "redirect_dir=nofollow", "metacopy=off", "index=off", "xino=off"});
  } else {
    mounts.scratch(paths::inside::kApp, scratch, "mode=755", config.uid);
    mounts.scratch("/var/cache/apt", scratch, "mode=755", config.uid);
    mounts.scratch("/var/lib/apt", scratch, "mode=755", config.uid);
  }
}

void write_cpu(Json& json, const OciConfig& config) {
  constexpr std::uint64_t kPeriod = 100'000;  // µs
  if (config.cpu_percent == 0 && config.cpu_shares == 0) return;
  json.raw(",\"cpu\":{");
  if (config.cpu_shares != 0) json.raw("\"shares\":").number(config.cpu_shares);
  if (config.cpu_percent != 0) {
    json.raw(config.cpu_shares != 0 ? "," : "").raw("\"period\":").number(kPeriod);
    json.raw(",\"quota\":").number(kPeriod * config.cpu_percent / 100);
  }
  json.raw("}");
}

void write_limits(Json& json, const OciConfig& config) {
  // Without this rule crun allows every device.
  json.raw("{\"devices\":[{\"allow\":false,\"access\":\"rwm\"}]");
  if (config.memory_mib != 0) {
    const std::uint64_t bytes = std::uint64_t{config.memory_mib} << 20U;
    // `swap` counts memory and swap together: equal means no swap.
    json.raw(",\"memory\":{\"limit\":").number(bytes).raw(",\"swap\":").number(bytes).raw("}");
  }
  if (config.pids != 0) json.raw(",\"pids\":{\"limit\":").number(config.pids).raw("}");
  write_cpu(json, config);
  json.raw("}");
}

void write_process(Json& json, const OciConfig& config) {
  json.raw("{\"terminal\":false,\"cwd\":\"/\",\"env\":[],\"args\":[");
  json.string(paths::inside::kInit).raw("],\"user\":{\"uid\":").number(config.uid);
  json.raw(",\"gid\":")
      .number(config.uid)
      .raw("},\"capabilities\":{},\"noNewPrivileges\":true");
  // When memory is short on the host, an app goes before the host's own programs do.
  json.raw(
      ",\"oomScoreAdj\":500,\"rlimits\":[{\"type\":\"RLIMIT_CORE\",\"hard\":0,\"soft\":0},");
  json.raw("{\"type\":\"RLIMIT_NOFILE\",\"hard\":").number(config.open_files);
  json.raw(",\"soft\":").number(config.open_files).raw("}]}");
}

void write_namespaces(Json& json, const OciConfig& config) {
  json.raw("[{\"type\":\"pid\"},{\"type\":\"ipc\"},{\"type\":\"uts\"},{\"type\":\"mount\"},");
  if (config.has_cgroup_v2) json.raw("{\"type\":\"cgroup\"},");
  json.raw("{\"type\":\"network\",\"path\":").string(config.network).raw("}]");
}

}  // namespace

std::string OciConfig::text() const {
  Json json;
  json.raw("{\"ociVersion\":\"1.0.2\",\n\"process\":");
  write_process(json, *this);
  json.raw(",\n\"root\":{\"readonly\":true,\"path\":").string(stack.root);
  json.raw("},\n\"hostname\":").string(host_name).raw(",\n\"mounts\":[\n");
  write_mounts(json, *this);
  json.raw("],\n\"linux\":{\"cgroupsPath\":").string(cgroup).raw(",\"namespaces\":");
  write_namespaces(json, *this);
  json.raw(",\n\"resources\":");
  write_limits(json, *this);
  json.raw(",\n\"maskedPaths\":")
      .strings(kMasked)
      .raw(",\n\"readonlyPaths\":")
      .strings(kReadOnly);
  json.raw(",\n\"seccomp\":").raw(seccomp_section()).raw("}}\n");
  return json.take();
}

}  // namespace hythe::container
