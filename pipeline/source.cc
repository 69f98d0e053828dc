// SPDX-License-Identifier: Apache-2.0
#include "pipeline/source.h"

#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/limits.h"

namespace hythe {
namespace {

/// Git LFS keeps its pointers below this, and starts each with these words.
constexpr std::uint64_t kLfsPointerSize = 1024;
constexpr std::string_view kLfsPointer = "version https://git-lfs.github.com/spec/v1";

}  // namespace

bool could_be_lfs_pointer(std::uint64_t size) {
  return size >= kLfsPointer.size() && size < kLfsPointerSize;
}

bool is_lfs_pointer(std::string_view bytes) {
  return bytes.starts_with(kLfsPointer);
}

void Offenders::add(std::string_view path) {
  if (++count_ > kShown) return;
  if (count_ > 1) names_ += ", ";
  names_ += concat('\'', printable(path), '\'');
}

std::string Offenders::text() const {
  return count_ > kShown ? concat(names_, " and ", count_ - kShown, " more") : names_;
}

void refuse_lfs_pointers(const Offenders& pointers) {
  if (pointers.any())
    throw PushError(concat("Git LFS files are not fetched: ", pointers.text(),
                           "\ncommit their content instead (git lfs migrate export), or ",
                           "download them in the build"));
}

void refuse_larger_than(std::uint64_t limit, std::uint64_t bytes) {
  if (bytes <= limit) return;
  std::string is = format_size(bytes);
  std::string most = format_size(limit);
  if (is == most) {
    is = concat(bytes, " bytes");
    most = concat(limit, " bytes");
  }
  throw PushError(concat("the source is ", is, ", the limit is ", most,
                         "\nremove large files, or ", how_to_raise("source_size")));
}

}  // namespace hythe
