// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lib/yaml.h"

namespace hythe::stacks {

/// An archive of an image, unpacked: what `docker save` writes, or an OCI image layout.
/// Whatever it says is only ever used as a name below its own directory.

/// False for a root file system.
[[nodiscard]] bool is_image(int directory);

/// The files that hold its layers, the lowest first. Throws PushError when it has more than one
/// image for this machine, or none.
[[nodiscard]] std::vector<std::string> layers_of(int directory);

/// blobs/sha256/… of "sha256:…"; throws PushError for any other text.
[[nodiscard]] std::string blob_path(const std::string& digest);

/// Of several images in an index, the one for this machine.
[[nodiscard]] std::string choose_digest(const Yaml& index);

}  // namespace hythe::stacks
