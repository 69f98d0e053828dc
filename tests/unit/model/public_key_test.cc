// SPDX-License-Identifier: Apache-2.0
#include "model/public_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

using testing::HasSubstr;

// Made by ssh-keygen for these tests; nobody has the other halves.
constexpr const char* kEd25519 =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDiH66beljPcnS2EwQ8uDaTOdLfw/rlzihLe"
    "wITJtqUv ann@laptop";
constexpr const char* kEcdsa256 =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABB"
    "BFUChnLG4eagBHdsxA1u8dlcZRv01elVDyX60jVTekrK0bQ7jJkOa4A7u+nT2cRRxbb7iYDH"
    "lMzZdZ4k0kQ6H5k= e256";
constexpr const char* kEcdsa384 =
    "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABh"
    "BN1QIWKjvnz+69juhKLLpy/109XUb2+Ab9mWKIux6fqduyksuoNnNz0tugRnlSqB5rIVP3km"
    "x8qrPog8mjnwdhm/Ii2fbGNVwSorIf84ft4PZsFlbb/khUjRtK6nklZAIg== e384";
constexpr const char* kEcdsa521 =
    "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACF"
    "BAHI8tEN8LAR1CM1V0B4SZKYvstGVrnll2uWVCiRV7r+nLac0wRdPWaRxHbCS+Lquc1IcIJC"
    "uIdlhi5hPs3/ZpZ0RgBCL6U8XwIGnWdYNMxeQV+ydrJcJXRfnDWNcOyvfwq/iZktPZlWHeAa"
    "pxXVPZ77hvdbRhd55v4IGsOO0Lhpmk7Fcw== e521";
constexpr const char* kRsa2048 =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC6YSsbxYrEed/D9Rj5hkqwAKghv/AMwRPW"
    "alQJWlZ2BdeUS/LItbybPjrGjiRiHL/j1v9BXioCF3dUBJAae7hhRdr1R9MNgV7xc4PvzXg7"
    "9rCtCm1EqC67b4XZTss/rLsSqxjyfyKar1LGIyfFHW2JH++W0ITGbHThTy37TGHDJuAGsVYD"
    "/6Mk5HEIX0EcKH5joOACnTAgiFZ9ueUbZonoJ4PqFjcF4hrXZ7CEQUUkRDvukRXO+DJFN/eA"
    "pn3klCXWOwPFqQrbIS00qVuWI4xlp6Er81nwXJf7M6BQmbA51hdix0FH+5H6vBhddG6BHIBL"
    "sX51msj/x2yn4oihSSgR r2048";
constexpr const char* kRsa1024 =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDr2jyHgQXKLGZbo9i/NsKQCqrxlG2qwvcT"
    "sM+bRzwjBaJLSJwpOWv8oJgJBNbIxwD+MF9GcQCvdy6aJwNqrrkPfXG2MTGGTOWLErcTnrur"
    "cuVHZQaoiaCNwYl81k1iDz9CD53TIEljZCNn1kg0icyitIUdM9T2iLxNqCLS/4eyMw== r10"
    "24";

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t j = i; j < i + 3; ++j)
      group = group << 8U | (j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U);
    for (unsigned j = 0; j < 4; ++j) text += kDigits[group >> (18U - 6U * j) & 63U];
  }
  for (std::size_t i = 0; i < (3 - bytes.size() % 3) % 3; ++i) text[text.size() - 1 - i] = '=';
  return text;
}

std::string field(std::string_view bytes) {
  std::string out;
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    out += static_cast<char>(bytes.size() >> shift & 0xFFU);
  return out.append(bytes);
}

std::string key_of(const std::string& type, const std::string& fields) {
  return type + " " + base64(field(type) + fields);
}

std::string refusal_of(const std::string& line) {
  try {
    (void)PublicKey::parse(line);
    return "accepted";
  } catch (const PushError& error) {
    return error.what();
  }
}

TEST(PublicKey, AcceptsEveryKindThatSshKeygenMakes) {
  for (const char* line : {kEd25519, kEcdsa256, kEcdsa384, kEcdsa521, kRsa2048})
    EXPECT_EQ(PublicKey::parse(line).line(), line);
  const std::string point = "\x04" + std::string(64, 'p');
  const std::string ed25519 =
      key_of("sk-ssh-ed25519@openssh.com", field(std::string(32, 'k')) + field("ssh:"));
  const std::string ecdsa = key_of("sk-ecdsa-sha2-nistp256@openssh.com",
                                   field("nistp256") + field(point) + field("ssh:"));
  for (const std::string& line : {ed25519, ecdsa})
    EXPECT_EQ(PublicKey::parse(line).line(), line);
}

TEST(PublicKey, HasThreeParts) {
  const PublicKey key = PublicKey::parse(std::string(kEd25519) + " at home \"x\" \r\n");
  EXPECT_EQ(key.type(), "ssh-ed25519");
  EXPECT_EQ(key.blob(), std::string(kEd25519).substr(12, 68));
  EXPECT_EQ(key.comment(), "ann@laptop at home \"x\"");
  EXPECT_EQ(PublicKey::parse(key.type() + "  \t" + key.blob()).comment(), "");
}

TEST(PublicKey, RefusesWhateverWouldSayMoreThanThisKey) {
  const std::string key = kEd25519;
  const struct {
    std::string line;
    const char* refusal;
  } cases[] = {
      {"command=\"sh\" " + key, "without options, got 'command=\"sh\"'"},
      {"cert-authority " + key, "without options"},
      {"no-pty,from=\"*\" " + key, "without options"},
      {"*.example.org " + key, "without options"},
      {"# " + key, "without options"},
      {key + "\n" + key, "one line"},
      {key + "\n\n", "one line"},
      {"\n" + key, "one line"},
      {key + " x\ncommand=\"sh\" " + key, "one line"},
      {key + "\rx", "no control characters"},
      {key + " \033[31m", "no control characters"},
      {key + std::string(" \0", 2), "no control characters"},
      {key + " " + key, "two keys"},
      {key + " x " + std::string(kRsa2048), "two keys"},
      {key + " \xFF", "not UTF-8"},
      {key + " " + std::string(PublicKey::kMaxComment + 1, 'x'), "longer than"},
      {key + std::string(1U << 20U, 'x'), "at most 16384 bytes"},
  };
  for (const auto& c : cases) EXPECT_THAT(refusal_of(c.line), HasSubstr(c.refusal)) << c.line;
}

TEST(PublicKey, RefusesKeysThatAreNoneOrTooWeak) {
  const std::string ed = "ssh-ed25519";
  const std::string k32(32, 'k');
  const std::string blob = base64(field(ed) + field(k32));
  ASSERT_EQ(refusal_of(ed + " " + blob), "accepted");
  const std::string n256 = "\x04" + std::string(64, 'p');
  const struct {
    std::string line;
    const char* refusal;
  } cases[] = {
      {"", "expected an OpenSSH public key"},
      {ed, "not base64"},
      {ed + " !!!!", "not base64"},
      {ed + " " + blob.substr(0, blob.size() - 1), "not base64"},
      {ed + " " + blob + "AAA", "not base64"},
      {ed + " " + blob.substr(0, blob.size() - 4) + "=a==", "not base64"},
      {ed + " AAAAC3N=", "not base64"},  // unused bits that are set
      {ed + " AAAA", "its data is not ssh-ed25519"},
      {ed + " " + std::string(kEcdsa256).substr(20, 140), "its data is not ssh-ed25519"},
      {ed + " " + base64(field(ed) + field(k32) + "x"), "its data is wrong"},
      {ed + " " + base64(field(ed) + field(k32 + "k")), "its data is wrong"},
      {ed + " " + base64(field(ed)), "its data is wrong"},
      {ed + " " + base64(field(ed) + "\xFF\xFF\xFF\xFF" + k32), "its data is wrong"},
      {key_of("ecdsa-sha2-nistp256", field("nistp384") + field(n256)), "its data is wrong"},
      {key_of("ecdsa-sha2-nistp256", field("nistp256") + field("\x02" + n256.substr(1))),
       "its data is wrong"},
      {key_of("ecdsa-sha2-nistp384", field("nistp384") + field(n256)), "its data is wrong"},
      {key_of("sk-ssh-ed25519@openssh.com", field(k32)), "its data is wrong"},
      {kRsa1024, "2048 to 16384 bits, this one has 1024"},
      {key_of("ssh-rsa", field("\x01") + field(std::string(256, 'n'))), "no exponent"},
      {key_of("ssh-rsa", field("\x03") + field(std::string(2, '\0') + std::string(256, 'n'))),
       "this one has 0"},
      {"ssh-dss AAAA", "DSA"},
      {"ssh-ed25519-cert-v01@openssh.com AAAA", "certificate"},
      {"-----BEGIN OPENSSH PRIVATE KEY-----", "ends in .pub"},
      {"SSH-ED25519 " + blob, "expected an OpenSSH public key"},
  };
  for (const auto& c : cases) EXPECT_THAT(refusal_of(c.line), HasSubstr(c.refusal)) << c.line;
}

}  // namespace
}  // namespace hythe
