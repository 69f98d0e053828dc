// SPDX-License-Identifier: Apache-2.0
#include "stacks/image.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "stacks/tree.h"
#include "stacks/unpack.h"

namespace hythe::stacks {
namespace {

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

/// JSON, which YAML includes.
Yaml read_json(int directory, const std::string& path) {
  // No FIFO or device can be there, but a file can be of any size.
  const UniqueFd file = open_in_root(directory, path, O_RDONLY);
  if (!file) throw PushError(concat("the image has no '", printable(path), "'"));
  std::string text;
  while (read_some(file.get(), text))
    if (text.size() > kMaxText)
      throw PushError(concat("'", printable(path), "' of the image is too long"));
  return Yaml::parse(text, path);
}

bool is_for_this_machine(const Yaml& descriptor) {
  const Yaml& platform = descriptor["platform"];
  return platform["architecture"].text() == kMachine && platform["os"].text() == "linux";
}

std::vector<std::string> docker_layers(const Yaml& manifest) {
  if (manifest.items().size() != 1)
    throw PushError(concat("the archive has ", manifest.items().size(),
                           " images\nsave a single one: docker save IMAGE"));
  std::vector<std::string> out;
  for (const Yaml& layer : manifest.items()[0]["Layers"].items()) out.push_back(layer.text());
  return out;
}

std::vector<std::string> oci_layers(int directory) {
  Yaml manifest = read_json(directory, "index.json");
  // An index may point to another one, of the platforms of one image.
  for (int i = 0; i < 3 && !manifest["manifests"].items().empty(); ++i)
    manifest = read_json(directory, blob_path(choose_digest(manifest)));
  std::vector<std::string> out;
  for (const Yaml& layer : manifest["layers"].items())
    out.push_back(blob_path(layer["digest"].text()));
  return out;
}

}  // namespace

std::string blob_path(const std::string& digest) {
  constexpr std::string_view kPrefix = "sha256:";
  constexpr std::size_t kDigits = 64;
  const bool is_digest =
      digest.starts_with(kPrefix) && digest.size() == kPrefix.size() + kDigits &&
      digest.find_first_not_of("0123456789abcdef", kPrefix.size()) == std::string::npos;
  if (!is_digest)
    throw PushError(concat("'", printable(digest, 80), "' is not a sha256 digest"));
  return "blobs/sha256/" + digest.substr(kPrefix.size());
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

std::vector<std::string> layers_of(int directory) {
  std::vector<std::string> layers = has(directory, "manifest.json", S_IFREG)
                                        ? docker_layers(read_json(directory, "manifest.json"))
                                        : oci_layers(directory);
  if (layers.empty()) throw PushError("the image has no layers");
  if (layers.size() > kMaxLayers)
    throw PushError(concat("the image has more than ", kMaxLayers, " layers"));
  for (const std::string& layer : layers) (void)member_path(layer);
  return layers;
}

}  // namespace hythe::stacks
