// SPDX-License-Identifier: Apache-2.0
#include "pipeline/archive_contents.h"

#include <algorithm>
#include <climits>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr TarMember::Kind kKinds[] = {TarMember::Kind::file, TarMember::Kind::executable,
                                      TarMember::Kind::symlink, TarMember::Kind::directory};
constexpr std::uint64_t kMost = 1ULL << 53U;

/// Texts that end with a NUL, one after the other.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}
  [[nodiscard]] bool has_more() const { return !text_.empty(); }
  std::string_view next() {
    const auto end = text_.find('\0');
    if (end == std::string_view::npos) garbled();
    const std::string_view word = text_.substr(0, end);
    text_.remove_prefix(end + 1);
    return word;
  }
  std::uint64_t number(std::uint64_t most = kMost) {
    const auto value = parse_decimal(next(), most);
    if (!value) garbled();
    return *value;
  }
  [[noreturn]] static void garbled() {
    throw PushError("the archive is refused: what reads it makes no sense");
  }

 private:
  std::string_view text_;
};

void add(std::string& text, std::string_view word) {
  text.append(word).push_back('\0');
}

void add(std::string& text, std::uint64_t number) {
  add(text, std::to_string(number));
}

}  // namespace

std::string ArchiveContents::encode() const {
  std::string text;
  add(text, static_cast<std::uint64_t>(kind));
  add(text, top);
  for (const ArchiveEntry& entry : entries) {
    add(text, static_cast<std::uint64_t>(entry.kind));
    add(text, entry.path);
    add(text, entry.target);
    add(text, entry.offset);
    add(text, entry.size);
    add(text, static_cast<std::uint64_t>(std::clamp<std::int64_t>(entry.modified, 0, kMost)));
  }
  return text;
}

ArchiveContents ArchiveContents::decode(std::string_view text, std::uint64_t bytes,
                                        const Limits& limits) {
  Words words(text);
  ArchiveContents contents;
  contents.kind = static_cast<Kind>(words.number(static_cast<std::uint64_t>(Kind::war)));
  contents.top = words.next();
  std::uint64_t total = 0;
  while (words.has_more()) {
    ArchiveEntry entry{.kind = kKinds[words.number(std::size(kKinds) - 1)]};
    entry.path = words.next();
    entry.target = words.next();
    entry.offset = words.number();
    entry.size = words.number();
    entry.modified = static_cast<std::int64_t>(words.number());
    const bool has_target = entry.kind == TarMember::Kind::symlink;
    const bool has_bytes =
        entry.kind == TarMember::Kind::file || entry.kind == TarMember::Kind::executable;
    if (contents.entries.size() >= limits.archive_entries || (entry.size > 0 && !has_bytes) ||
        entry.path.empty() || archive_path(entry.path, limits) != entry.path ||
        entry.target.empty() == has_target || entry.offset > bytes ||
        entry.size > bytes - entry.offset || entry.size > limits.source_size - total)
      Words::garbled();
    total += entry.size;
    contents.entries.push_back(std::move(entry));
  }
  return contents;
}

void refuse_archive(std::string_view path, const std::string& what) {
  throw PushError(concat("the archive is refused: '", printable(path), "' ", what));
}

std::string archive_path(std::string_view name, const Limits& limits) {
  if (name.starts_with('/'))
    refuse_archive(name, "is an absolute path\nmake it inside the folder: tar -c -C DIR .");
  if (name.size() > limits.path_length)
    refuse_archive(name.substr(0, 60),
                   concat("is ", name.size(), " bytes long, the limit is ", limits.path_length,
                          "\nshorten it, or ", how_to_raise("path_length")));
  if (name.find('\0') != std::string_view::npos) refuse_archive(name, "has a NUL in its name");
  std::string path;
  std::size_t depth = 0;
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find('/'));
    name.remove_prefix(std::min(part.size() + 1, name.size()));
    if (part.empty() || part == ".") continue;
    if (part == "..")
      refuse_archive(concat(path, path.empty() ? "" : "/", "../", name),
                     "leads out of its folder\nmake it inside the folder: tar -c -C DIR .");
    if (part.size() > NAME_MAX)
      refuse_archive(part.substr(0, 60),
                     concat("… is ", part.size(), " bytes long, the limit of a name is ",
                            NAME_MAX, "\nrename it"));
    if (++depth > limits.archive_depth + 1)
      refuse_archive(path.substr(0, 60),
                     concat("… is deeper than ", limits.archive_depth, " directories\n",
                            how_to_raise("archive_depth")));
    path += (path.empty() ? "" : "/");
    path += part;
  }
  return path;
}

}  // namespace hythe
