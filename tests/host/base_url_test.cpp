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
  EXPECT_EQ(text_of("http://[1:2:3:4:5:6:7:8]/"), "http://[1:2:3:4:5:6:7:8]");
  EXPECT_EQ(text_of("http://[::ffff:127.0.0.1]/"), "http://[::ffff:127.0.0.1]");
  EXPECT_EQ(text_of("http://[1::]/"), "http://[1::]");
  EXPECT_EQ(text_of("https://1.a/"), "https://1.a");
  EXPECT_EQ(text_of("https://a.1b/"), "https://a.1b");
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
                                     "https://[:]/",
                                     "https://[:::1]/",
                                     "https://[1]/",
                                     "https://[1::2::3]/",
                                     "https://[1:2:3:4:5:6:7:8::]/",
                                     "https://[1:2:3:4:5:6:7]/",
                                     "https://[1:]/",
                                     "https://[:1]/",
                                     "https://[12345::]/",
                                     "https://[1.2.3.4::]/",
                                     "https://[1.2.3.4]/",
                                     "https://[::1.2.3.04]/",
                                     "https://a.1/",
                                     "https://a.0x1f/",
                                     "https://a.1./",
                                     "http://127.1/",
                                     "http://2130706433/",
                                     "http://127.0.0.01/",
                                     "https://1.2.3.4.5/",
                                     "https://1.2.3.256/",
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
        "127..0.1", "127.0.0.", "127.0.0.1x", "127.0.0.01", "128.0.0.1", "0.0.0.0", "127.1",
        "::", "::2", "1127.0.0.1", "xlocalhost"}) {
    EXPECT_FALSE(is_loopback_host(host)) << host;
  }
}

}  // namespace
}  // namespace cardmute::url
