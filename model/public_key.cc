// SPDX-License-Identifier: Apache-2.0
#include "model/public_key.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr std::string_view kTypes[] = {
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
};
constexpr std::size_t kMinRsaBits = 2048;
constexpr std::size_t kMaxRsaBits = 16384;

bool is_accepted_type(std::string_view word) {
  return std::find(std::begin(kTypes), std::end(kTypes), word) != std::end(kTypes);
}

/// Takes the next word off `line`; words are separated by blanks.
std::string_view take_word(std::string_view& line) {
  const auto first = std::min(line.find_first_not_of(" \t"), line.size());
  const auto end = std::min(line.find_first_of(" \t", first), line.size());
  const std::string_view word = line.substr(first, end - first);
  line.remove_prefix(std::min(line.find_first_not_of(" \t", end), line.size()));
  return word;
}

std::optional<unsigned> base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return std::nullopt;
}

/// Only the canonical form: padded, and with the unused bits zero, so that two spellings
/// never name one key.
std::optional<std::string> decode_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::string bytes;
  unsigned bits = 0;
  unsigned count = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const auto digit = base64_digit(c);
    if (!digit) return std::nullopt;
    bits = (bits << 6U | *digit) & 0xFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFFU);
  }
  if ((bits & ((1U << count) - 1)) != 0) return std::nullopt;
  return bytes;
}

/// Reads the fields of a blob, each with its length in front.
class Fields {
 public:
  explicit Fields(std::string_view blob) : rest_(blob) {}

  /// Empty, which no field of ours may be, when there is none.
  std::string_view next() {
    if (rest_.size() < 4) return {};
    std::size_t length = 0;
    for (const char c : rest_.substr(0, 4))
      length = length << 8U | static_cast<unsigned char>(c);
    if (length > rest_.size() - 4) return {};
    const std::string_view field = rest_.substr(4, length);
    rest_.remove_prefix(4 + length);
    return field;
  }
  [[nodiscard]] bool all_taken() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool is_point(std::string_view curve, std::string_view point) {
  const std::size_t coordinate = curve == "nistp256" ? 32 : curve == "nistp384" ? 48 : 66;
  return point.size() == 1 + 2 * coordinate && point.front() == '\x04';
}

std::size_t bit_length(std::string_view number) {
  if (number.starts_with('\0')) number.remove_prefix(1);
  if (number.empty() || number.front() == '\0') return 0;
  return number.size() * 8 -
         static_cast<std::size_t>(std::countl_zero(static_cast<unsigned char>(number.front())));
}

void check_rsa(Fields& fields) {
  const std::string_view exponent = fields.next();
  const std::size_t bits = bit_length(fields.next());
  if (exponent.empty() || bit_length(exponent) < 2)
    throw PushError("the key is damaged: no exponent");
  if (bits < kMinRsaBits || bits > kMaxRsaBits)
    throw PushError(concat("an ssh-rsa key needs ", kMinRsaBits, " to ", kMaxRsaBits,
                           " bits, this one has ", bits,
                           "\nmake a new one: ssh-keygen -t ed25519"));
}

void check_blob(std::string_view type, std::string_view blob) {
  constexpr std::string_view kEcdsa = "ecdsa-sha2-";
  Fields fields(blob);
  if (fields.next() != type)
    throw PushError(concat("the key is damaged: its data is not ", type));
  bool is_whole = true;
  if (type == "ssh-rsa") {
    check_rsa(fields);
  } else if (const auto ecdsa = type.find(kEcdsa); ecdsa != std::string_view::npos) {
    const std::string_view curve = type.substr(ecdsa + kEcdsa.size(), 8);
    is_whole = fields.next() == curve && is_point(curve, fields.next());
  } else {
    is_whole = fields.next().size() == 32;
  }
  if (type.starts_with("sk-")) is_whole = is_whole && !fields.next().empty();
  if (!is_whole || !fields.all_taken())
    throw PushError("the key is damaged: its data is wrong");
}

void check_comment(std::string_view comment) {
  if (!is_utf8(comment)) throw PushError("the key's comment is not UTF-8");
  for (std::string_view rest = comment; !rest.empty();) {
    const std::string_view word = take_word(rest);
    if (is_accepted_type(word) || word.starts_with("AAAA"))
      throw PushError("there are two keys in one line: add one at a time");
  }
  if (comment.size() > PublicKey::kMaxComment)
    throw PushError(
        concat("the key's comment is longer than ", PublicKey::kMaxComment, " bytes"));
}

[[noreturn]] void refuse_type(std::string_view word) {
  if (word.starts_with("-----BEGIN"))
    throw PushError("this is not an OpenSSH public key: add the file that ends in .pub");
  if (word.find("-cert-v01@") != std::string_view::npos)
    throw PushError("this is a certificate: add the public key itself");
  if (word == "ssh-dss")
    throw PushError("DSA keys are not safe any more: ssh-keygen -t ed25519");
  throw PushError(concat("expected an OpenSSH public key without options, got '",
                         printable(word, 40), "'"));
}

}  // namespace

PublicKey PublicKey::parse(std::string_view line) {
  if (line.size() > kMaxLength)
    throw PushError(concat("a public key has at most ", kMaxLength, " bytes"));
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  for (const char c : line)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7F')
      throw PushError(c == '\n' ? "a public key is one line: add one at a time"
                                : "a public key has no control characters");
  while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);

  const std::string_view type = take_word(line);
  const std::string_view blob = take_word(line);
  if (!is_accepted_type(type)) refuse_type(type);
  const auto bytes = decode_base64(blob);
  if (!bytes) throw PushError("the key is damaged: its data is not base64");
  check_blob(type, *bytes);
  check_comment(line);

  PublicKey key;
  key.type_ = type;
  key.blob_ = blob;
  key.comment_ = line;
  return key;
}

std::string PublicKey::line() const {
  return comment_.empty() ? type_ + ' ' + blob_ : type_ + ' ' + blob_ + ' ' + comment_;
}

}  // namespace hythe
