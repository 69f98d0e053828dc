// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/nginx_said.h"

#include <gtest/gtest.h>

namespace hythe::route_helper {
namespace {

constexpr std::string_view kWarnings =
    "nginx: [warn] conflicting server name \"shop.example.org\" on 0.0.0.0:80, ignored\n"
    "nginx: [warn] the \"user\" directive makes sense only with super-user privileges\n"
    "nginx: [warn] conflicting server name \"*.any.example.org\" on [::]:80, ignored\n"
    "nginx: [warn] conflicting server name \".both.example.org\" on [::]:80, ignored\n";

TEST(NginxSaid, NamesTheDomainsThatTwoServersHave) {
  for (const char* domain :
       {"shop.example.org", "*.any.example.org", "both.example.org", "*.both.example.org"})
    EXPECT_TRUE(is_conflicting(kWarnings, domain)) << domain;
}

TEST(NginxSaid, MeansNoOtherDomain) {
  for (const char* domain : {"example.org", "op.example.org", "shop.example.or", "user",
                             "any.example.org", "a.both.example.org", "0.0.0.0:80"})
    EXPECT_FALSE(is_conflicting(kWarnings, domain)) << domain;
  EXPECT_FALSE(is_conflicting("", "shop.example.org"));
  EXPECT_FALSE(is_conflicting("conflicting server name \"", "shop.example.org"));
}

TEST(NginxSaid, QuotesTheLineThatSaysWhy) {
  EXPECT_EQ(reason_of_refusal("nginx: [warn] old\nnginx: [emerg] no in /etc/x:1\nrest\n"),
            "no in /etc/x:1");
  EXPECT_EQ(reason_of_refusal("nginx -t did not end in time"), "nginx -t did not end in time");
  EXPECT_EQ(reason_of_refusal(""), "nginx -t does not say why");
}

}  // namespace
}  // namespace hythe::route_helper
