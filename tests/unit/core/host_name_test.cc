// SPDX-License-Identifier: Apache-2.0
#include "core/host_name.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TEST(HostName, IsTheDomainThatTheHostSaysItHas) {
  EXPECT_TRUE(is_name_of_host("web1.example.org", "web1.example.org"));
  EXPECT_TRUE(is_name_of_host("web1.example.org", "Web1.Example.ORG"));
  for (const char* domain : {"example.org", "shop.web1.example.org", "web1.example.org.net",
                             "web1.example.com", "web2.example.org"})
    EXPECT_FALSE(is_name_of_host(domain, "web1.example.org")) << domain;
}

TEST(HostName, IsAnyDomainThatBeginsWithAShortName) {
  for (const char* domain : {"web1.example.org", "web1.internal"})
    EXPECT_TRUE(is_name_of_host(domain, "web1")) << domain;
  for (const char* domain : {"web10.example.org", "web1-a.example.org", "shop.web1.example.org",
                             "we.b1", "*.web1.example.org"})
    EXPECT_FALSE(is_name_of_host(domain, "web1")) << domain;
}

TEST(HostName, IsNothingWithoutAName) {
  EXPECT_FALSE(is_name_of_host("shop.example.org", ""));
  EXPECT_FALSE(is_name_of_host("", "web1"));
}

}  // namespace
}  // namespace hythe
