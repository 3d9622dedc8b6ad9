// Tests that URLs are parsed strictly: a URL that could be misread is rejected.
#include <gtest/gtest.h>

#include "base/url.hpp"

namespace cardmute::url {
namespace {

std::string text_of(std::string_view url) {
  const auto origin = origin_of(url);
  return origin ? origin->text() : "";
}

TEST(BaseUrl, KeepsSchemeHostAndPort) {
  EXPECT_EQ(text_of("https://monapisec.voicenter.co.il/Comet/API/MuteUnmuteCalls?a=b#c"),
            "https://monapisec.voicenter.co.il");
  EXPECT_EQ(text_of("HTTPS://Crm.Example.COM:8443"), "https://crm.example.com:8443");
  EXPECT_EQ(text_of("http://127.0.0.1:80/"), "http://127.0.0.1:80");
  EXPECT_EQ(text_of("https://[2001:DB8::1]:444/x"), "https://[2001:db8::1]:444");
  EXPECT_EQ(text_of("https://a.example?x"), "https://a.example");
}

TEST(BaseUrl, RefusesWhatTwoReadersCouldReadDifferently) {
  for (const std::string_view url : {"",
                                     "https://",
                                     "https:///x",
                                     "ftp://a.example/",
                                     "a.example/x",
                                     "//a.example",
                                     "https://user@a.example/",
                                     "https://user:secret@a.example/",
                                     "http://127.0.0.1\\@a.example/",
                                     "http://127.0.0.1%2ea.example/",
                                     "https://a b.example/",
                                     "https://a.example/\r\nX: y",
                                     "https://a.example:/",
                                     "https://a.example:0/",
                                     "https://a.example:65536/",
                                     "https://a.example:4x/",
                                     "https://a.example:-1/",
                                     "https://[::1/",
                                     "https://[::1]x/",
                                     "https://[::1]]/",
                                     "https://[]/",
                                     "https://\xD7\xA9.example/"}) {
    EXPECT_FALSE(origin_of(url)) << url;
  }
  EXPECT_FALSE(origin_of("https://" + std::string(300, 'a') + "/"));
}

TEST(BaseUrl, RecognizesOnlyCertainLoopbackAddresses) {
  for (const std::string_view host : {"localhost", "127.0.0.1", "127.255.255.255", "::1"}) {
    EXPECT_TRUE(is_loopback_host(host)) << host;
  }
  for (const std::string_view host :
       {"", "localhost.example", "127.0.0.1.example", "127.0.0", "127.0.0.1.1", "127.0.0.256",
        "127..0.1", "127.0.0.", "127.0.0.1x", "128.0.0.1", "0.0.0.0", "127.1", "::", "::2",
        "1127.0.0.1", "xlocalhost"}) {
    EXPECT_FALSE(is_loopback_host(host)) << host;
  }
}

}  // namespace
}  // namespace cardmute::url
