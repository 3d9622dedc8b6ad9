#include <algorithm>
#include <string_view>

#include "base/letter_case.hpp"
#include "install/policies.hpp"

namespace cardmute::install {

namespace {

// The parts of a match pattern such as "*://*.example.com:8443/path" that are compared.
struct Place {
  std::string scheme;  // the scheme, or "*"
  std::string host;    // the host; "*": every host; "*.example.com": also example.com
};

Place place_of(std::string_view pattern) {
  if (pattern == "<all_urls>") return {"*", "*"};
  const std::string text = lower_case(pattern);
  const auto end = text.find("://");
  if (end == std::string::npos) return {};
  std::string rest = text.substr(end + 3);
  rest.resize(std::min(rest.size(), rest.find('/')));
  // Removes a port. Colons within brackets belong to an IPv6 address.
  if (const auto port = rest.rfind(':'); port != std::string::npos && !rest.ends_with(']')) {
    rest.resize(port);
  }
  return {text.substr(0, end), rest};
}

// The domain below which a host pattern holds, empty for all hosts; nullopt if the pattern names a
// single host.
std::optional<std::string> domain_of(const std::string& host) {
  if (host == "*") return "";
  if (host.starts_with("*.")) return host.substr(2);
  return std::nullopt;
}

bool is_in(const std::string& host, const std::string& domain) {
  return domain.empty() || host == domain || host.ends_with("." + domain);
}

bool covers(const std::string& wide, const std::string& host) {
  const auto domain = domain_of(wide);
  if (!domain) return wide == host;
  return is_in(domain_of(host).value_or(host), *domain) && (host != "*" || domain->empty());
}

bool schemes_meet(const Place& one, const Place& other) {
  return one.scheme == "*" || other.scheme == "*" || one.scheme == other.scheme;
}

// Whether an address can fit both patterns.
bool meet(const Place& one, const Place& other) {
  return schemes_meet(one, other) && (covers(one.host, other.host) || covers(other.host, one.host));
}

}  // namespace

std::vector<std::string> blocked_sites(const BrowserPolicies& policies,
                                       std::span<const std::string> sites) {
  std::vector<std::string> found;
  for (const std::string& site : sites) {
    const Place place = place_of(site);
    const bool blocked = std::ranges::any_of(
        policies.blocked_hosts,
        [&](const std::string& pattern) { return meet(place_of(pattern), place); });
    const bool allowed =
        std::ranges::any_of(policies.allowed_hosts, [&](const std::string& pattern) {
          const Place exception = place_of(pattern);
          return schemes_meet(exception, place) && covers(exception.host, place.host);
        });
    if (blocked && !allowed) found.push_back(site);
  }
  return found;
}

}  // namespace cardmute::install
