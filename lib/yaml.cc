// SPDX-License-Identifier: Apache-2.0
#include "lib/yaml.h"

#include <yaml-cpp/yaml.h>

#include <cerrno>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

constexpr const char* kBinaryTag = "tag:yaml.org,2002:binary";

/// A tree deeper than any file of ours is refused before it can exhaust the stack.
constexpr int kMaxDepth = 16;

Yaml from_node(const YAML::Node& node, std::string_view path, int depth) {
  if (depth > kMaxDepth)
    throw PushError(concat("'", path, "' is nested too deeply"), EX_CONFIG);
  Yaml tree;
  if (node.IsMap()) {
    for (const auto& field : node) {
      const auto key = field.first.as<std::string>();
      if (tree.has(key))
        throw PushError(concat("'", path, "' line ", field.first.Mark().line + 1, ": '", key,
                               "' stands twice"),
                        EX_CONFIG);
      tree.add(key, from_node(field.second, path, depth + 1));
    }
  } else if (node.IsSequence()) {
    for (const auto& item : node) tree.append(from_node(item, path, depth + 1));
  } else if (node.IsScalar() && (node.Tag() == kBinaryTag || node.Tag() == "!!binary")) {
    const auto bytes = node.as<YAML::Binary>();
    return std::string(bytes.data(), bytes.data() + bytes.size());
  } else if (node.IsScalar()) {
    return node.Scalar();
  }
  return tree;
}

/// Whether YAML can hold the text as it is: printable UTF-8. (RFC 3629; YAML 1.2 §5.1)
bool is_plain(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first == 0x7F || (first < 0x20 && first != '\n' && first != '\t')) return false;
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return false;
    const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0U;
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second >= 0xA0;
    const bool c1 = first == 0xC2 && second < 0xA0;
    const bool beyond = first == 0xF4 && second >= 0x90;
    const bool not_a_character = first == 0xEF && second >= 0xBB;  // U+FEFF and the like
    if (overlong || surrogate || c1 || beyond || not_a_character) return false;
    i += length;
  }
  return true;
}

void emit(YAML::Emitter& out, const Yaml& tree) {
  if (!tree.fields().empty()) {
    out << YAML::BeginMap;
    for (const auto& [key, value] : tree.fields()) {
      out << YAML::Key << key << YAML::Value;
      emit(out, value);
    }
    out << YAML::EndMap;
  } else if (!tree.items().empty()) {
    out << YAML::BeginSeq;
    for (const Yaml& item : tree.items()) emit(out, item);
    out << YAML::EndSeq;
  } else if (is_plain(tree.text())) {
    // Quoted, so that no reader takes "on", "1e3" or "" for anything but text.
    out << YAML::DoubleQuoted << tree.text();
  } else {
    const std::string& text = tree.text();
    out << YAML::Binary(reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
}

}  // namespace

Yaml Yaml::parse(const std::string& text, std::string_view path) {
  try {
    return from_node(YAML::Load(text), path, 0);
  } catch (const YAML::Exception& error) {
    throw PushError(concat("'", path, "' line ", error.mark.line + 1, ": ", error.msg),
                    EX_CONFIG);
  }
}

Yaml Yaml::load(const std::string& path) {
  try {
    return parse(read_file(path), path);
  } catch (const SystemError& error) {
    if (error.code() == ENOENT) return {};
    throw;
  }
}

std::string Yaml::dump() const {
  if (fields_.empty() && items_.empty() && text_.empty()) return {};
  YAML::Emitter out;
  emit(out, *this);
  return std::string(out.c_str()) + "\n";
}

const Yaml& Yaml::operator[](std::string_view key) const {
  static const Yaml kNothing;
  for (const auto& [name, value] : fields_)
    if (name == key) return value;
  return kNothing;
}

bool Yaml::has(std::string_view key) const {
  for (const auto& field : fields_)
    if (field.first == key) return true;
  return false;
}

Yaml& Yaml::add(std::string key, Yaml value) {
  fields_.emplace_back(std::move(key), std::move(value));
  return *this;
}

Yaml& Yaml::append(Yaml item) {
  items_.push_back(std::move(item));
  return *this;
}

}  // namespace hythe
