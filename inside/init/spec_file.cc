// SPDX-License-Identifier: Apache-2.0
#include "inside/init/spec_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>

#include "core/helper_contract.h"
#include "core/unique_fd.h"
#include "inside/init/die.h"

namespace hythe::init {

SpecFile SpecFile::map(const char* path) noexcept {
  const UniqueFd file(::open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0) die_errno("read", path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (!S_ISREG(status.st_mode) || size == 0 || size > ContainerSpec::kMaxLength)
    die("there is no spec of a container in", path);
  void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (bytes == MAP_FAILED) die_errno("map", path);
  return SpecFile({static_cast<const char*>(bytes), size});
}

void SpecFile::unmap() noexcept {
  // munmap(2) takes void* and does not write through it.
  ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  bytes_ = {};
}

}  // namespace hythe::init
