// Tests which proxy the system's settings name for a server.
#include <gtest/gtest.h>

#include <string>

#include "http/system_proxy.hpp"

namespace cardmute::http {
namespace {

const url::Origin kServer{true, "api.example.com", std::nullopt};

std::string chosen(const std::string& proxies, const std::string& exceptions = "",
                   const url::Origin& origin = kServer) {
  const auto found = chosen_proxy({proxies, exceptions, false}, origin);
  return found ? found->url : "none";
}

TEST(SystemProxy, IsTheFirstForTheScheme) {
  EXPECT_EQ(chosen(""), "none");
  EXPECT_EQ(chosen("proxy:8080"), "http://proxy:8080");
  EXPECT_EQ(chosen("first:1; second:2"), "http://first:1");
  EXPECT_EQ(chosen("http=plain:1;https=secure:2"), "http://secure:2");
  EXPECT_EQ(chosen("http=plain:1;https=secure:2", "", {false, "api.example.com", {}}),
            "http://plain:1");
  EXPECT_EQ(chosen("http=plain:1"), "none");
  EXPECT_EQ(chosen("https=https://secure:2"), "https://secure:2");
}

TEST(SystemProxy, IsNotForExceptions) {
  EXPECT_EQ(chosen("proxy:1", "api.example.com"), "none");
  EXPECT_EQ(chosen("proxy:1", "*.Example.com"), "none");
  EXPECT_EQ(chosen("proxy:1", "other;*example*"), "none");
  EXPECT_EQ(chosen("proxy:1", "example.com; *.example.org;<local>"), "http://proxy:1");
  EXPECT_EQ(chosen("proxy:1", "<local>", {true, "intranet", {}}), "none");
}

TEST(SystemProxy, SaysWhetherAPacFileNamedIt) {
  EXPECT_TRUE(chosen_proxy({"proxy:1", "", true}, kServer)->automatic);
}

}  // namespace
}  // namespace cardmute::http
