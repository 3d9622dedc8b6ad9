// Functions that are the same on every system.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "platform/machine.hpp"
#include "platform/person.hpp"
#include "platform/process.hpp"
#include "platform/secret.hpp"
#include "platform/system_identity.hpp"

namespace cardmute::platform {

namespace {

// A hash (FNV-1a) that only allows comparison: the text cannot be computed from it.
std::string hashed(std::string_view text) {
  constexpr std::uint64_t kBasis = 0xcbf29ce484222325;
  constexpr std::uint64_t kPrime = 0x100000001b3;
  std::uint64_t hash = kBasis;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  std::string digits(16, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4U) {
    *digit = "0123456789abcdef"[hash & 0xFU];
  }
  return digits;
}

}  // namespace

std::string machine_identity() {
  static const std::string only = [] {
    const std::string id = system_identity();
    return id.empty() ? id : hashed("cardmute " + id + ' ' + machine_name());
  }();
  return only;
}

std::string machine_identities() {
  static const std::string all = [] {
    std::string identities = machine_identity();
    if (identities.empty()) return identities;
    for (const std::string& address : network_addresses()) {
      identities += ',' + hashed("cardmute " + system_identity() + " card " + address);
    }
    return identities;
  }();
  return all;
}

std::string file_name_of_boot(std::string boot) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  std::ranges::replace_if(
      boot, [&](char c) { return !plain(c); }, '-');
  return boot;
}

void wipe(std::string& text) {
  text.resize(text.capacity());
  wipe(text.data(), text.size());
  text.clear();
}

}  // namespace cardmute::platform
