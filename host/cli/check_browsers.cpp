// Checks of the extension in the browsers, and of the company's policies; see check.hpp.
#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "agent/settler.hpp"
#include "base/plain_text.hpp"
#include "base/utc_time.hpp"
#include "cli/check.hpp"
#include "install/identity.hpp"
#include "install/manifest.hpp"
#include "install/policies.hpp"
#include "store/hellos.hpp"

namespace cardmute::cli {

using install::BrowserPolicies;
using install::Kind;
using install::Scope;

namespace {

constexpr const char* kExtension = "extension";
constexpr std::size_t kMaxHelloText_bytes = 100;
// Doctor warns if the extension's list of payment providers is older than this: providers change
// their addresses, and new ones appear.
constexpr int kOldCardFrames_days = 365;

std::string for_a_person(const std::string& text) { return plain_text(text, kMaxHelloText_bytes); }

std::vector<std::string> all_callers(const std::vector<std::string>& allowed_callers) {
  auto callers = install::callers_of(Kind::chromium, allowed_callers);
  auto more = install::callers_of(Kind::firefox, allowed_callers);
  callers.insert(callers.end(), more.begin(), more.end());
  return callers;
}

// The age of the extension's list of payment providers; nullopt if the extension is too old to
// report it.
std::optional<std::chrono::days> age_of_card_frames(const Context& context,
                                                    const store::BrowserHello& hello) {
  const auto date = parse_date(hello.card_frames_date);
  if (!date) return std::nullopt;
  const auto today = std::chrono::floor<std::chrono::days>(context.now().utc);
  // The age is never negative, although this computer's clock may be behind.
  return std::max(today - date->time_since_epoch(), std::chrono::days{0});
}

// `ever`: whether a hello has ever come. It is then older than kHello_days.
std::string who_has_called(bool ever) {
  return ever ? "no browser of this user has called this program in the last " +
                    std::to_string(kHello_days) + " days"
              : "no browser of this user has called this program yet";
}

Check check_hello(const Context& context, const store::BrowserHello& hello) {
  const std::string name = std::string(kExtension) + " in " + browser_of(hello);
  std::string text = "version " + for_a_person(hello.extension_version) + " last called at " +
                     format_utc(hello.at);
  if (!hello.installation.empty())
    text += ", profile " + for_a_person(hello.installation).substr(0, 8);
  const auto age = age_of_card_frames(context, hello);
  if (age) {
    text += ", list of payment providers of " + hello.card_frames_date + " (" +
            std::to_string(age->count()) + (age->count() == 1 ? " day old)" : " days old)");
  }
  if (!is_recent(hello, context.now().utc)) {
    return warned(
        name, text,
        "look whether that browser is still used, and whether the extension is still in it");
  }
  if (hello.hidden_sites > 0) {
    const std::string sites =
        hello.hidden_sites == 1 ? "1 site" : std::to_string(hello.hidden_sites) + " sites";
    return failed(name, ErrorCode::blocked_by_policy,
                  text + "; the browser keeps it off " + sites + " of the configuration",
                  "its popup there says which and who can change it: a person in the browser's "
                  "settings for extensions, or a policy");
  }
  if (age > std::chrono::days{kOldCardFrames_days}) {
    return warned(
        name, text,
        "update the extension: its list may lack providers whose forms must mute the call");
  }
  return passed(name, text);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

bool has_machine_manifest(const Context& context, const std::string& browser) {
  const auto targets = install::targets(context.roots, install::this_system(), Scope::machine);
  return std::ranges::any_of(targets, [&](const install::Target& target) {
    return std::ranges::find(target.browsers, browser) != target.browsers.end() &&
           install::owner_of(target.manifest()) == install::Owner::cardmute;
  });
}

void check_policies(const Context& context, const BrowserPolicies& policies,
                    const std::vector<std::string>& sites, std::vector<Check>& checks) {
  const std::string name = "policies of " + policies.browser;
  for (const auto& file : policies.broken) {
    checks.push_back(warned(
        name, file.string() + " is not a JSON object, so the browser ignores it", "correct it"));
  }
  for (const auto& mistake : policies.mistakes) {
    checks.push_back(warned(name, mistake.text, mistake.remedy));
  }
  if (const auto blocked = install::blocked_sites(policies, sites); !blocked.empty()) {
    checks.push_back(failed(name, ErrorCode::blocked_by_policy,
                            "they keep the extension off " + joined(blocked) +
                                ", which policy.sites names: card data there is not protected",
                            policies.kind == Kind::chromium
                                ? "take these hosts out of runtime_blocked_hosts, or add them to "
                                  "runtime_allowed_hosts"
                                : "take these hosts out of restricted_domains"));
  }
  if (!policies.forbids.empty()) {
    checks.push_back(failed(name, ErrorCode::blocked_by_policy,
                            "they forbid the extension " + joined(policies.forbids),
                            "allow it by name, or let a policy install it"));
  }
  if (policies.forbids_host) {
    checks.push_back(
        failed(name, ErrorCode::blocked_by_policy,
               "NativeMessagingBlocklist keeps the extension from starting this "
               "program",
               "add " + std::string(install::kHostName) + " to NativeMessagingAllowlist"));
  }
  if (policies.forbids_user_hosts && !has_machine_manifest(context, policies.browser)) {
    checks.push_back(failed(name, ErrorCode::blocked_by_policy,
                            "NativeMessagingUserLevelHosts is off, so what is installed for one "
                            "user does not count",
                            "run sudo cardmute-host install --system"));
  }
}

std::set<std::string> present_browsers(const Context& context) {
  std::set<std::string> present;
  for (const Scope scope : {Scope::user, Scope::machine}) {
    for (const auto& target : install::targets(context.roots, install::this_system(), scope)) {
      present.insert(target.present.begin(), target.present.end());
    }
  }
  return present;
}

struct Known {
  bool has_called = false;  // whether an extension in it has sent hello in the last kHello_days
  // when it was started last, if no hello has come since; see silent_browsers()
  std::optional<UtcTime> silent_since;
  bool tells_starts = false;  // whether it is known on this system when a browser was started
};

std::string started_and_silent(const std::string& browser, UtcTime at) {
  return browser + " was started at " + format_utc(at) +
         (is_named_in_hello(browser) ? ", and no extension in it has called this program since"
                                     : ", and none of its profiles has the extension");
}

// A policy that installs the extension proves nothing until the extension has called.
Check check_installing_policy(const BrowserPolicies& policies, bool is_present,
                              const Known& known) {
  const std::string name = std::string(kExtension) + " in " + policies.browser;
  const std::string text = "a policy installs " + joined(policies.installs);
  if (!is_present) {
    return warned(name, text + ", but " + policies.browser + " is not on this computer",
                  "install the browser, or take the policy away");
  }
  if (known.silent_since) {
    return failed(name, ErrorCode::not_installed,
                  text + "; " + started_and_silent(policies.browser, *known.silent_since),
                  "look whether it has the extension, and at the address in the policy");
  }
  if (!known.has_called && is_named_in_hello(policies.browser)) {
    return warned(name, text + ", but the extension has not called this program lately",
                  "open " + policies.browser + " once as this user; if this stays, look whether " +
                      "it has the extension, and at the address in the policy");
  }
  return passed(name, text);
}

// Checks a browser for which no policy installs the extension. Returns nullopt if the extension in
// it has called: check_hello() reports that.
std::optional<Check> check_plain_browser(const std::string& browser, const Known& known) {
  const std::string name = std::string(kExtension) + " in " + browser;
  if (known.silent_since) {
    return failed(name, ErrorCode::not_installed, started_and_silent(browser, *known.silent_since),
                  "install the extension in it, or see to it that no payments are taken there");
  }
  if (known.has_called) return std::nullopt;
  if (!is_named_in_hello(browser)) {
    return noted(name, browser +
                           " is on this computer; what its extension says cannot be told "
                           "from that of other browsers of Chromium's kind");
  }
  if (known.tells_starts) {
    return noted(name, browser + " is on this computer; this user has not started it in the last " +
                           std::to_string(kHello_days) + " days");
  }
  return warned(name,
                browser + " is on this computer, but no extension in it has called this program",
                "if payments are taken in it, install the extension");
}

}  // namespace

bool is_recent(const store::BrowserHello& hello, UtcTime now) {
  return now - hello.at <= std::chrono::days(kHello_days);
}

std::vector<store::BrowserHello> known_hellos(const Context& context,
                                              const std::vector<std::string>& allowed_callers) {
  std::vector<store::BrowserHello> hellos;
  // check_store() reports a store that cannot be read.
  static_cast<void>(store::read_hellos(store::store_file(context.state_directory), hellos));
  const auto callers = all_callers(allowed_callers);
  std::erase_if(hellos, [&callers](const store::BrowserHello& hello) {
    return std::ranges::find(callers, hello.caller) == callers.end();
  });
  return hellos;
}

std::vector<Check> check_browsers(const Context& context,
                                  const std::vector<std::string>& allowed_callers,
                                  const std::vector<std::string>& sites) {
  std::vector<Check> checks;
  const auto callers = all_callers(allowed_callers);
  const auto present = present_browsers(context);
  auto seen = present;
  const auto hellos = known_hellos(context, allowed_callers);
  std::set<std::string> called;
  for (const auto& hello : hellos) {
    if (is_recent(hello, context.now().utc)) called.insert(browser_of(hello));
  }
  const auto silent = silent_browsers(context, hellos, allowed_callers);
  // `present` lacks most sandboxed browsers (snap, Flatpak), so those that were started are added.
  for (const auto& start : silent.value_or(std::vector<install::LastStart>{})) {
    seen.insert(start.browser);
  }
  const auto known_of = [&](const std::string& browser) {
    Known known{called.contains(browser), std::nullopt, silent.has_value()};
    for (const auto& start : silent.value_or(std::vector<install::LastStart>{})) {
      if (start.browser == browser) known.silent_since = start.at;
    }
    return known;
  };
  std::set<std::string> installed_by_policy;
  for (const auto& policies : install::policies(context.roots, install::this_system(), callers)) {
    check_policies(context, policies, sites, checks);
    if (policies.installs.empty()) continue;
    const bool is_present = present.contains(policies.browser);
    checks.push_back(check_installing_policy(policies, is_present, known_of(policies.browser)));
    if (is_present) installed_by_policy.insert(policies.browser);
  }
  for (const auto& hello : hellos) checks.push_back(check_hello(context, hello));
  if (called.empty() && installed_by_policy.empty()) {
    checks.push_back(failed(kExtension, ErrorCode::not_installed,
                            who_has_called(!hellos.empty()) +
                                ", and no policy installs the extension in a browser that is on "
                                "this computer",
                            "install the extension in the browser that payments are taken in, and "
                            "open it once; for many computers, let a browser policy install it"));
  }
  for (const std::string& browser : seen) {
    if (installed_by_policy.contains(browser)) continue;
    if (auto check = check_plain_browser(browser, known_of(browser))) {
      checks.push_back(std::move(*check));
    }
  }
  return checks;
}

}  // namespace cardmute::cli
