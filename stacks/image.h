// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/unique_fd.h"
#include "lib/yaml.h"

namespace hythe::stacks {

/// An archive of an image, unpacked: what `docker save` writes, or an OCI image layout.
/// Whatever it says is only ever used as a name below its own directory.

/// False for a root file system.
[[nodiscard]] bool is_image(int directory);

struct Layer {
  std::string path;  // of its tar, which may be compressed
  std::string sum;   // SHA-256 of that tar, once decompressed, as the image's config has it
};

/// Its layers, the lowest first. Throws PushError when it has more than one image for this
/// machine, or none; or when a file that says so is not what the one before announces.
[[nodiscard]] std::vector<Layer> layers_of(int directory);

/// The tar of a layer, at its start. Throws PushError when its bytes are not those that the
/// image announces.
[[nodiscard]] UniqueFd open_layer(int directory, const Layer& layer);

/// blobs/sha256/… of "sha256:…", where bytes with that sum are; throws PushError for any other
/// text.
[[nodiscard]] std::string blob_path(const std::string& digest);

/// Of several images in an index, the one for this machine.
[[nodiscard]] std::string choose_digest(const Yaml& index);

}  // namespace hythe::stacks
