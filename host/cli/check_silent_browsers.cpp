// Finds the browsers that this user uses although the extension in them sends no hello; see
// check.hpp.
#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/plain_text.hpp"
#include "cli/check.hpp"
#include "config/callers.hpp"
#include "install/last_starts.hpp"
#include "install/manifest.hpp"

namespace cardmute::cli {

namespace {

constexpr std::size_t kMaxBrowserName_bytes = 100;

// Each browser's name in hello, with its name in the table of browsers.
const std::map<std::string, std::string, std::less<>>& table_names() {
  static const std::map<std::string, std::string, std::less<>> kNames{{"chromium", "Chromium"},
                                                                      {"chrome", "Google Chrome"},
                                                                      {"edge", "Microsoft Edge"},
                                                                      {"firefox", "Firefox"}};
  return kNames;
}

bool is_lately(UtcTime at, UtcTime now) { return now - at <= std::chrono::days(kHello_days); }

}  // namespace

std::string browser_of(const store::BrowserHello& hello) {
  const auto found = table_names().find(hello.browser);
  return found == table_names().end() ? plain_text(hello.browser, kMaxBrowserName_bytes)
                                      : found->second;
}

bool is_named_in_hello(const std::string& browser) {
  return std::ranges::any_of(table_names(),
                             [&browser](const auto& each) { return each.second == browser; });
}

std::optional<std::vector<install::LastStart>> silent_browsers(
    const Context& context, const std::vector<store::BrowserHello>& hellos,
    const std::vector<std::string>& allowed_callers) {
  auto starts = install::last_starts(context.roots, install::this_system());
  if (!starts) return std::nullopt;
  const UtcTime now = context.now().utc;
  std::map<std::string, UtcTime> heard;
  for (const auto& hello : hellos) {
    UtcTime& newest = heard[browser_of(hello)];
    newest = std::max(newest, hello.at);
  }
  std::vector<std::string> ids;
  for (const auto& caller : install::callers_of(install::Kind::chromium, allowed_callers)) {
    ids.push_back(config::chromium_id_of(caller));
  }
  std::erase_if(*starts, [&](const install::LastStart& start) {
    // The hello comes after the start, unless a clock was set meanwhile.
    const bool has_called = heard.contains(start.browser) && heard[start.browser] >= start.at;
    const bool may_have_called =
        !is_named_in_hello(start.browser) && install::has_extension(start.folders, ids);
    const bool is_new = now - start.at < std::chrono::minutes(kHelloAfterStart_minutes);
    return has_called || may_have_called || is_new || !is_lately(start.at, now);
  });
  return starts;
}

bool uses_a_browser(const Context& context, const std::vector<store::BrowserHello>& hellos) {
  const UtcTime now = context.now().utc;
  if (std::ranges::any_of(hellos, [now](const auto& hello) { return is_recent(hello, now); })) {
    return true;
  }
  const auto starts = install::last_starts(context.roots, install::this_system());
  return !starts || std::ranges::any_of(*starts, [now](const install::LastStart& start) {
    return is_lately(start.at, now);
  });
}

}  // namespace cardmute::cli
