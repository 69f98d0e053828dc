// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/measure.h"

#include <fts.h>
#include <sys/stat.h>

#include <memory>
#include <string>

namespace hythe::container {

std::optional<std::uint64_t> measure(int dir, const char* name) {
  // Through the descriptor: no directory above can be replaced meanwhile. FTS_NOCHDIR, since
  // this process has a directory of its own to stay in.
  std::string path = "/proc/self/fd/" + std::to_string(dir) + "/" + name;
  char* const paths[] = {path.data(), nullptr};
  const std::unique_ptr<FTS, int (*)(FTS*)> tree(
      ::fts_open(paths, FTS_PHYSICAL | FTS_XDEV | FTS_NOCHDIR, nullptr), ::fts_close);
  if (!tree) return std::nullopt;
  std::uint64_t bytes = 0;
  while (const FTSENT* entry = ::fts_read(tree.get())) {
    switch (entry->fts_info) {
      case FTS_F:
        bytes += static_cast<std::uint64_t>(entry->fts_statp->st_size);
        break;
      case FTS_DNR:
      case FTS_ERR:
      case FTS_NS:
        return std::nullopt;
      default:
        break;
    }
  }
  return bytes;
}

}  // namespace hythe::container
