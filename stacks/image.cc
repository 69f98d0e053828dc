// SPDX-License-Identifier: Apache-2.0
#include "stacks/image.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "lib/archive/archive_reader.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/sha256.h"
#include "stacks/tree.h"
#include "stacks/unpack.h"

namespace hythe::stacks {
namespace {

constexpr std::string_view kBlobs = "blobs/sha256/";
constexpr std::size_t kDigits = 64;
constexpr std::size_t kMaxText = 4U << 20U;
constexpr std::size_t kMaxLayers = 200;
#if defined(__x86_64__)
constexpr std::string_view kMachine = "amd64";
#elif defined(__aarch64__)
constexpr std::string_view kMachine = "arm64";
#endif

bool has(int directory, const std::string& path, mode_t type) {
  const UniqueFd found = open_beneath(directory, path, O_PATH | O_NOFOLLOW);
  struct stat status = {};
  return found && ::fstat(found.get(), &status) == 0 && (status.st_mode & S_IFMT) == type;
}

bool is_sum(std::string_view text) {
  return text.size() == kDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// The sum that a name of a file announces: a blob's of an OCI layout, and a config's as
/// docker saves it, "SUM.json", or other tools, "sha256:SUM". Empty when it is none.
std::string announced(std::string_view path) {
  for (const std::string_view prefix : {kBlobs, std::string_view("sha256:")})
    if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
  if (path.ends_with(".json")) path.remove_suffix(5);
  return is_sum(path) ? std::string(path) : "";
}

void require_sum(const std::string& path, const std::string& is, const std::string& wanted) {
  if (wanted.empty() || is == wanted) return;
  throw PushError(concat("'", printable(path),
                         "' of the image has not the announced SHA-256 sum ", wanted,
                         "\nthe image is damaged, or was changed: get it again"));
}

/// A file of the image; no FIFO or device can be there.
UniqueFd open_part(int directory, const std::string& path) {
  UniqueFd file = open_in_root(directory, path, O_RDONLY);
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
    throw PushError(concat("the image has no file '", printable(path), "'"));
  return file;
}

/// JSON, which YAML includes. It can be of any size.
Yaml read_json(int directory, const std::string& path) {
  const UniqueFd file = open_part(directory, path);
  std::string text;
  while (read_some(file.get(), text))
    if (text.size() > kMaxText)
      throw PushError(concat("'", printable(path), "' of the image is too long"));
  Sha256 sum;
  sum.add(text);
  require_sum(path, sum.hex(), announced(path));
  return Yaml::parse(text, path);
}

std::string sum_of(int file) {
  Sha256 sum;
  for (std::string part; read_some(file, part); part.clear()) sum.add(part);
  return sum.hex();
}

std::string sum_of_unpacked(int file) {
  ArchiveReader reader(file, ArchiveReader::Form::bytes);
  Sha256 sum;
  char buffer[65536];
  if (reader.next())
    while (const std::size_t got = reader.read(buffer)) sum.add({buffer, got});
  return sum.hex();
}

void rewind(int file) {
  if (::lseek(file, 0, SEEK_SET) != 0) throw SystemError(errno, "read a layer again");
}

bool is_for_this_machine(const Yaml& descriptor) {
  const Yaml& platform = descriptor["platform"];
  return platform["architecture"].text() == kMachine && platform["os"].text() == "linux";
}

/// Where an image has its config and its layers.
struct Parts {
  std::string config;
  std::vector<std::string> layers;
};

Parts docker_parts(const Yaml& manifest) {
  if (manifest.items().size() != 1)
    throw PushError(concat("the archive has ", manifest.items().size(),
                           " images\nsave a single one: docker save IMAGE"));
  const Yaml& image = manifest.items()[0];
  Parts out{.config = image["Config"].text(), .layers = {}};
  for (const Yaml& layer : image["Layers"].items()) out.layers.push_back(layer.text());
  return out;
}

Parts oci_parts(int directory) {
  Yaml manifest = read_json(directory, "index.json");
  // An index may point to another one, of the platforms of one image.
  for (int i = 0; i < 3 && !manifest["manifests"].items().empty(); ++i)
    manifest = read_json(directory, blob_path(choose_digest(manifest)));
  Parts out{.config = blob_path(manifest["config"]["digest"].text()), .layers = {}};
  for (const Yaml& layer : manifest["layers"].items())
    out.layers.push_back(blob_path(layer["digest"].text()));
  return out;
}

}  // namespace

std::string blob_path(const std::string& digest) {
  constexpr std::string_view kPrefix = "sha256:";
  if (!digest.starts_with(kPrefix) || !is_sum(std::string_view(digest).substr(kPrefix.size())))
    throw PushError(concat("'", printable(digest, 80), "' is not a sha256 digest"));
  return concat(kBlobs, digest.substr(kPrefix.size()));
}

std::string choose_digest(const Yaml& index) {
  const auto& all = index["manifests"].items();
  if (all.size() == 1) return all[0]["digest"].text();
  std::vector<const Yaml*> ours;
  for (const Yaml& descriptor : all)
    if (is_for_this_machine(descriptor)) ours.push_back(&descriptor);
  if (ours.size() != 1)
    throw PushError(concat("the archive has ", ours.size(), " images for linux/", kMachine,
                           "\nit must have exactly one"));
  return (*ours[0])["digest"].text();
}

bool is_image(int directory) {
  if (has(directory, "usr", S_IFDIR)) return false;
  return has(directory, "manifest.json", S_IFREG) || has(directory, "index.json", S_IFREG);
}

std::vector<Layer> layers_of(int directory) {
  const Parts parts = has(directory, "manifest.json", S_IFREG)
                          ? docker_parts(read_json(directory, "manifest.json"))
                          : oci_parts(directory);
  if (parts.layers.empty()) throw PushError("the image has no layers");
  if (parts.layers.size() > kMaxLayers)
    throw PushError(concat("the image has more than ", kMaxLayers, " layers"));
  const Yaml config = read_json(directory, parts.config);
  const auto& sums = config["rootfs"]["diff_ids"].items();
  if (sums.size() != parts.layers.size())
    throw PushError(concat("the image has ", parts.layers.size(), " layers, and its config '",
                           printable(parts.config), "' knows ", sums.size()));
  std::vector<Layer> layers;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    (void)member_path(parts.layers[i]);
    const std::string sum = announced(sums[i].text());
    if (sum.empty())
      throw PushError(concat("'", printable(sums[i].text(), 80), "' is not a sha256 digest"));
    layers.push_back({.path = parts.layers[i], .sum = sum});
  }
  return layers;
}

UniqueFd open_layer(int directory, const Layer& layer) {
  UniqueFd file = open_part(directory, layer.path);
  // Before anything of it is unpacked; and first in the form in which it has come.
  if (const std::string wanted = announced(layer.path); !wanted.empty()) {
    require_sum(layer.path, sum_of(file.get()), wanted);
    rewind(file.get());
  }
  require_sum(layer.path, sum_of_unpacked(file.get()), layer.sum);
  rewind(file.get());
  return file;
}

}  // namespace hythe::stacks
