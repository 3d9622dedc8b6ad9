// A telephone provider's section of the configuration, defined in the provider's folder. The
// section that a configuration contains decides which provider is used.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "config/keys.hpp"
#include "telephony/account.hpp"

namespace cardmute::config {

struct KeyGroup {
  std::string_view name;
  std::span<const Key> keys;
};

struct Section {
  std::string_view name;                                  // the key of the section
  std::shared_ptr<telephony::Account> (*make_account)();  // the account has the provider's defaults
  // The provider's own keys, without those that every section has (account_keys()).
  std::span<const Key> keys;
  // The groups among these keys, such as "active_calls". They help to guess which key an unknown
  // key was meant to be.
  std::span<const KeyGroup> groups;
};

// The section of every provider that this program knows. This function is generated from the list
// in host/CMakeLists.txt, in its order. If the configuration has no section, messages name the
// first one.
std::span<const Section* const> sections();

// Returns nullptr if no provider has a section of this name.
const Section* section_named(std::string_view name);

// The keys that every section has.
std::span<const Key> account_keys();

// Returns the account that is being read, as an object of the provider's class. Call this only for
// keys of that provider.
template <typename Account>
Account& account_of(const Setting& setting) {
  return static_cast<Account&>(*setting.draft.account);
}

}  // namespace cardmute::config
