#include "config/rules.hpp"

#include <cstdint>
#include <numeric>
#include <string_view>

namespace cardmute::config {

using nlohmann::json;

namespace {

json to_json(const std::vector<Condition>& conditions) {
  json list = json::array();
  for (const Condition& condition : conditions) {
    json one = json::object();
    if (!condition.selector.empty()) one["selector"] = condition.selector;
    if (!condition.text.empty()) one["text"] = condition.text;
    if (!condition.url.empty()) one["url"] = condition.url;
    list.push_back(std::move(one));
  }
  return list;
}

std::size_t bytes_of(const std::vector<std::string>& texts) {
  return std::accumulate(
      texts.begin(), texts.end(), std::size_t{0},
      [](std::size_t sum, const std::string& text) { return sum + text.size(); });
}

std::size_t bytes_of(const std::vector<Condition>& conditions) {
  return std::accumulate(conditions.begin(), conditions.end(), std::size_t{0},
                         [](std::size_t sum, const Condition& each) {
                           return sum + each.selector.size() + each.text.size() + each.url.size();
                         });
}

}  // namespace

// Computes FNV-1a. The digest need not resist attacks, because all rules are the administrator's,
// who would gain nothing from two rules with the same digest.
std::string digest_of(std::string_view text) {
  constexpr std::uint64_t kStart = 0xcbf29ce484222325U;
  constexpr std::uint64_t kPrime = 0x100000001b3U;
  std::uint64_t hash = kStart;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  constexpr std::string_view kDigest_digits = "0123456789abcdef";
  constexpr int kDigit_bits = 4;
  constexpr std::uint64_t kDigit_mask = 0xF;
  std::string digits;
  for (int shift = 64 - kDigit_bits; shift >= 0; shift -= kDigit_bits) {
    digits += kDigest_digits[(hash >> shift) & kDigit_mask];
  }
  return digits;
}

json to_json(const Rule& rule) {
  return {{"name", rule.name},
          {"match", rule.match},
          {"open", to_json(rule.open)},
          {"close", to_json(rule.close)},
          {"approved", to_json(rule.approved)},
          {"declined", to_json(rule.declined)},
          {"ignore_all", rule.ignore_all},
          {"ignore", rule.ignore}};
}

std::size_t bytes_of(const Rule& rule) {
  return rule.name.size() + bytes_of(rule.match) + bytes_of(rule.open) + bytes_of(rule.close) +
         bytes_of(rule.approved) + bytes_of(rule.declined) + bytes_of(rule.ignore);
}

std::string digest_of(const Rule& rule) {
  return digest_of(std::string_view(to_json(rule).dump()));
}

std::string digest_of(const std::vector<Rule>& rules) {
  std::string all;
  for (const Rule& rule : rules) all += digest_of(rule);
  return digest_of(std::string_view(all));
}

}  // namespace cardmute::config
