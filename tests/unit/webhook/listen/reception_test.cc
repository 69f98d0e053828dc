// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/reception.h"

#include <gtest/gtest.h>

#include "lib/sha256.h"

namespace hythe {
namespace {

Link link_of(Forge forge, const std::string& secret) {
  return {.address = ForgeAddress::parse("https://forge.test/acme/shop"),
          .forge = forge,
          .branch = "main",
          .webhook_secret = secret};
}

TEST(Signature, IsGitHubsDocumentedExample) {
  // docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
  const Post post{
      .signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
      .body = "Hello, World!"};
  EXPECT_TRUE(is_signed(link_of(Forge::github, "It's a Secret to Everybody"), post));
  EXPECT_FALSE(is_signed(link_of(Forge::github, "another secret"), post));
  EXPECT_FALSE(is_signed(link_of(Forge::gitlab, "It's a Secret to Everybody"), post));
}

TEST(Signature, IsRefusedWhateverElseItIs) {
  const Link link = link_of(Forge::github, "secret");
  const std::string sum = hmac_sha256("secret", "body");
  EXPECT_TRUE(is_signed(link, {.signature = "sha256=" + sum, .body = "body"}));
  for (const std::string& signature :
       {std::string(), sum, "sha1=" + sum, std::string("sha256="), "sha256=" + sum.substr(1),
        "sha256=" + sum + "0", "SHA256=" + sum, "sha256=" + hmac_sha256("", "body")})
    EXPECT_FALSE(is_signed(link, {.signature = signature, .body = "body"})) << signature;
  EXPECT_FALSE(is_signed(link, {.signature = "sha256=" + sum, .body = "body "}));
  EXPECT_FALSE(is_signed(link, {.token = "secret", .body = "body"}));
}

TEST(Signature, IsTheSecretItselfAtGitLab) {
  const Link link = link_of(Forge::gitlab, "secret");
  EXPECT_TRUE(is_signed(link, {.token = "secret"}));
  for (const char* token : {"", "secre", "secret ", "Secret"})
    EXPECT_FALSE(is_signed(link, {.token = token})) << token;
}

TEST(Signature, IsNeverThatOfALinkWithoutASecret) {
  EXPECT_FALSE(is_signed(link_of(Forge::gitlab, ""), {.token = ""}));
  EXPECT_FALSE(is_signed(link_of(Forge::github, ""),
                         {.signature = "sha256=" + hmac_sha256("", "x"), .body = "x"}));
}

TEST(Reception, RefusesAnUnknownAppAsItRefusesAWrongSignature) {
  Reception reception([](const std::string& app) -> std::optional<Link> {
    if (app == "shop") return link_of(Forge::github, "secret");
    return std::nullopt;
  });
  Post post{.app = "shop",
            .address = "192.0.2.1",
            .content_type = "application/json",
            .event = "push",
            .signature = "sha256=0",
            .body = "{}"};
  const Reply wrong = reception.receive(post);
  post.app = "nosuchapp";
  const Reply unknown = reception.receive(post);
  EXPECT_EQ(wrong.status, 403);
  EXPECT_EQ(unknown.status, 403);
  EXPECT_EQ(wrong.text, unknown.text);
}

Post ping(const std::string& address, const std::string& hook) {
  return {.app = "shop",
          .address = address,
          .content_type = "application/json",
          .event = "ping",
          .hook = hook,
          .signature = "sha256=" + hmac_sha256("secret", "{}"),
          .body = "{}"};
}

void guess_too_often(Reception& reception, Post post) {
  post.signature = "sha256=0";
  for (int i = 0; i < 60; ++i) (void)reception.receive(post);
}

TEST(Reception, ListensNoMoreToWhoGuesses) {
  int asked = 0;
  Reception reception([&asked](const std::string&) {
    ++asked;
    return link_of(Forge::github, "secret");
  });
  guess_too_often(reception, ping("192.0.2.1", ""));
  const int asked_until_now = asked;
  EXPECT_LT(asked_until_now, 60);
  // Nothing of theirs is looked at any more, not even what is right.
  EXPECT_EQ(reception.receive(ping("192.0.2.1", "")).status, 429);
  EXPECT_FALSE(reception.is_welcome(ping("192.0.2.1", "")));
  EXPECT_EQ(asked, asked_until_now);
  EXPECT_TRUE(reception.is_welcome(ping("192.0.2.2", "")));
  EXPECT_EQ(reception.receive(ping("192.0.2.2", "")).status, 200);
}

TEST(Reception, KnowsAWebhookThatWasRightBehindTheAddressOfWhoGuesses) {
  Reception reception([](const std::string&) { return link_of(Forge::github, "secret"); });
  EXPECT_EQ(reception.receive(ping("192.0.2.1", "17")).status, 200);
  guess_too_often(reception, ping("192.0.2.1", "16"));
  EXPECT_EQ(reception.receive(ping("192.0.2.1", "16")).status, 429);
  EXPECT_EQ(reception.receive(ping("192.0.2.1", "")).status, 429);
  EXPECT_EQ(reception.receive(ping("192.0.2.1", "17")).status, 200);
  // Who knows its id is refused after a while, and does not shut it out where it comes from.
  guess_too_often(reception, ping("192.0.2.3", "17"));
  guess_too_often(reception, ping("192.0.2.3", "17"));
  EXPECT_EQ(reception.receive(ping("192.0.2.3", "17")).status, 429);
  EXPECT_EQ(reception.receive(ping("192.0.2.4", "17")).status, 200);
}

TEST(Reception, KnowsNoWebhookWithoutAnId) {
  Reception reception([](const std::string&) { return link_of(Forge::github, "secret"); });
  EXPECT_EQ(reception.receive(ping("192.0.2.1", "")).status, 200);
  guess_too_often(reception, ping("192.0.2.1", ""));
  EXPECT_EQ(reception.receive(ping("192.0.2.1", "")).status, 429);
}

TEST(Reception, TakesANetworkOfIPv6ForOneSender) {
  Reception reception([](const std::string&) { return link_of(Forge::github, "secret"); });
  Post post{.app = "shop", .content_type = "application/json"};
  for (int i = 0; i < 40; ++i) {
    post.address = "2001:db8:1:2::" + std::to_string(i);
    (void)reception.receive(post);
  }
  EXPECT_EQ(reception.receive(post).status, 429);
  post.address = "2001:db8:1:3::1";
  EXPECT_EQ(reception.receive(post).status, 403);
}

TEST(Reception, TakesNothingButJson) {
  Reception reception([](const std::string&) { return link_of(Forge::github, "secret"); });
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded",
                           "application/jsonp", "multipart/form-data"})
    EXPECT_EQ(reception.receive({.app = "shop", .content_type = type}).status, 415) << type;
  const Post signed_post{.app = "shop",
                         .content_type = "application/json; charset=utf-8",
                         .event = "ping",
                         .signature = "sha256=" + hmac_sha256("secret", "{}"),
                         .body = "{}"};
  EXPECT_EQ(reception.receive(signed_post).status, 200);
}

}  // namespace
}  // namespace hythe
