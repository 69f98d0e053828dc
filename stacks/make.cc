// SPDX-License-Identifier: Apache-2.0
#include "stacks/make.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <map>
#include <sstream>

#include "core/decimal.h"
#include "core/stack_tree.h"
#include "lib/errors.h"
#include "lib/units.h"
#include "lib/yaml.h"
#include "model/config.h"
#include "stacks/confinement.h"
#include "stacks/furnish.h"
#include "stacks/image.h"
#include "stacks/inspect.h"
#include "stacks/tree.h"

namespace hythe::stacks {
namespace {

constexpr const char* kUnpacked = "unpacked";

UniqueFd make_directory(int parent, const char* name) {
  if (::mkdirat(parent, name, 0700) != 0) throw SystemError(errno, "make '", name, "'");
  UniqueFd made = open_beneath(parent, name, O_RDONLY | O_DIRECTORY);
  if (!made) throw SystemError(errno, "open '", name, "'");
  return made;
}

/// One layer over the other: what it hides of those below, and then what it has.
Unpacked apply_layers(int image, int rootfs, const Limits& limits) {
  Unpacker unpacker(rootfs, limits);
  bool is_first = true;
  for (const Layer& layer : layers_of(image)) {
    const UniqueFd archive = open_layer(image, layer);
    if (!is_first) {
      unpacker.take_away(archive.get());
      ::lseek(archive.get(), 0, SEEK_SET);
    }
    unpacker.add(archive.get());
    is_first = false;
  }
  return unpacker.result();
}

/// What the confined child does, from the first byte of the archive to the last of the tree.
std::string make_tree(const Confined& confined, const Limits& limits) {
  Unpacked result;
  {
    const UniqueFd unpacked = make_directory(confined.root, kUnpacked);
    Unpacker unpacker(unpacked.get(), limits);
    unpacker.add(confined.archive);
    result = unpacker.result();
    if (is_image(unpacked.get())) {
      const UniqueFd rootfs = make_directory(confined.root, stack_tree::kRootfs);
      result = apply_layers(unpacked.get(), rootfs.get(), limits);
    } else if (::renameat(confined.root, kUnpacked, confined.root, stack_tree::kRootfs) != 0) {
      throw SystemError(errno, "rename the tree");
    }
  }
  remove_tree(confined.root, kUnpacked);
  const UniqueFd rootfs =
      open_beneath(confined.root, stack_tree::kRootfs, O_RDONLY | O_DIRECTORY);
  require_usable(rootfs.get());
  furnish(rootfs.get());
  return concat("suite ", suite_of(rootfs.get()), "\nsize ", result.size, "\nentries ",
                result.entries, "\nleft_out ", result.left_out, '\n');
}

std::uint64_t number(const std::string& text) {
  return parse_decimal(text, std::uint64_t{1} << 50U).value_or(0);
}

}  // namespace

Tree unpack(int archive, const Limits& limits, const Interruption& interruption) {
  sweep();
  Scratch scratch = Scratch::make();
  std::istringstream answer(
      run_confined(scratch.path(), archive, interruption,
                   [&](const Confined& confined) { return make_tree(confined, limits); }));
  // It is the word of whoever had the archive's bytes in hand: suite_in() once more makes a
  // plain word of it, and the numbers are numbers.
  std::map<std::string, std::string> said;
  for (std::string key, value; answer >> key >> value;) said[key] = value;
  return {.scratch = std::move(scratch),
          .suite = suite_in("ID=" + said["suite"]),
          .unpacked = {.size = number(said["size"]),
                       .entries = number(said["entries"]),
                       .left_out = number(said["left_out"])}};
}

void publish(Tree tree, const StackName& name) {
  const int directory = tree.scratch.fd();
  const UniqueFd rootfs = open_beneath(directory, stack_tree::kRootfs, O_RDONLY | O_DIRECTORY);
  struct stat status = {};
  if (!rootfs || ::fstat(rootfs.get(), &status) != 0 || status.st_uid != 0 ||
      ::fchmod(rootfs.get(), 0755) != 0)
    throw PushError("the archive has become no tree of root's");
  require_harmless(rootfs.get());
  // Whatever else was left there is none of a version's.
  for (const std::string& other : names_in(directory))
    if (other != stack_tree::kRootfs) remove_tree(directory, other);
  Yaml about;
  about.add("suite", tree.suite).add("size", std::to_string(tree.unpacked.size));
  replace_with_file(directory, stack_tree::kAbout, about.dump(), 0644);

  const StackVersion version = tree.scratch.become_version_of(name);
  // Beyond this point the version is there, and the next build takes it.
  std::cout << "Made " << version.view() << ": " << tree.suite << ", "
            << format_size(tree.unpacked.size) << ", " << tree.unpacked.entries << " entries";
  if (tree.unpacked.left_out != 0)
    std::cout << " (without " << tree.unpacked.left_out << " device nodes, pipes and sockets)";
  std::cout << "\nThe next build of an app on it uses it: hythe stack use APP " << name.view()
            << '\n';
  collect(name);
}

}  // namespace hythe::stacks
