#include "http/system_proxy.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "platform/within.hpp"

namespace cardmute::http {

namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string_view> words_of(std::string_view list) {
  constexpr std::string_view kBetween = "; \t";
  std::vector<std::string_view> words;
  while (true) {
    list.remove_prefix(std::min(list.find_first_not_of(kBetween), list.size()));
    if (list.empty()) return words;
    const auto size = std::min(list.find_first_of(kBetween), list.size());
    words.push_back(list.substr(0, size));
    list.remove_prefix(size);
  }
}

// Whether `text` matches `pattern`, in which * stands for any text. Both are in lower case.
bool matches(std::string_view text, std::string_view pattern) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return text == pattern;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= text.size(); ++at) {
    if (matches(text.substr(at), rest)) return true;
  }
  return false;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

// A longer exception is ignored, because no host has such a long name.
constexpr std::size_t kMaxPattern_bytes = 255;

bool is_exception(std::string_view exceptions, const std::string& host) {
  return std::ranges::any_of(words_of(exceptions), [&host](std::string_view word) {
    if (word == "<local>") return host.find('.') == std::string::npos;
    return word.size() <= kMaxPattern_bytes && matches(host, lower(word));
  });
}

struct Known {
  std::mutex mutex;
  std::optional<SystemProxy> proxy;
  std::optional<Clock::time_point> asked;
};

std::shared_ptr<Known> known_of(const url::Origin& origin) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<Known>> servers;
  const std::scoped_lock lock(mutex);
  auto& known = servers[origin.text()];
  if (!known) known = std::make_shared<Known>();
  return known;
}

// Asks the system for the proxy, and remembers the answer even if it comes too late for the caller.
void ask_for(const url::Origin& origin, const std::shared_ptr<Known>& known, int wait_ms) {
  platform::within(std::chrono::milliseconds(wait_ms), [origin, known] {
    auto proxy = chosen_proxy(platform::proxy_settings(origin.text() + "/"), origin);
    const std::scoped_lock lock(known->mutex);
    known->proxy = std::move(proxy);
    return true;
  });
}

}  // namespace

std::optional<SystemProxy> chosen_proxy(const platform::ProxySettings& settings,
                                        const url::Origin& origin) {
  if (is_exception(settings.exceptions, lower(origin.host))) return std::nullopt;
  const std::string own = origin.secure ? "https=" : "http=";
  const auto words = words_of(settings.proxies);
  auto word = std::ranges::find_if(words, [&own](auto each) { return each.starts_with(own); });
  if (word == words.end()) {
    word = std::ranges::find_if(words,
                                [](auto each) { return each.find('=') == std::string_view::npos; });
  }
  if (word == words.end()) return std::nullopt;
  std::string_view proxy = *word;
  if (proxy.starts_with(own)) proxy.remove_prefix(own.size());
  const bool has_scheme = proxy.find("://") != std::string_view::npos;
  return SystemProxy{(has_scheme ? "" : "http://") + std::string(proxy), settings.automatic};
}

std::optional<SystemProxy> system_proxy(const url::Origin& origin) {
  if (!platform::has_proxy_settings()) return std::nullopt;
  const auto known = known_of(origin);
  const auto now = Clock::now();
  std::unique_lock lock(known->mutex);
  const bool is_first = !known->asked;
  if (is_first || now - *known->asked > std::chrono::seconds(kProxyFresh_s)) {
    known->asked = now;
    lock.unlock();
    ask_for(origin, known, is_first ? kFirstProxy_ms : 0);
    lock.lock();
  }
  return known->proxy;
}

}  // namespace cardmute::http
