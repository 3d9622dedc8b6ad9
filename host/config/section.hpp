// A telephone provider's section of the configuration, which the provider's folder defines. The
// section that the configuration has decides which provider is used.
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
  std::shared_ptr<telephony::Account> (*make_account)();  // with the provider's defaults
  // The provider's own keys, without those that every section has (account_keys()).
  std::span<const Key> keys;
  // The groups among them, such as "active_calls". Used to guess what an unknown key was meant to
  // be.
  std::span<const KeyGroup> groups;
};

// Every provider that this program knows, in the order of the list in host/CMakeLists.txt, from
// which this function is generated. Messages name the first one if the configuration has no
// section.
std::span<const Section* const> sections();

// nullptr if no provider has a section of this name.
const Section* section_named(std::string_view name);

// The keys that every section has.
std::span<const Key> account_keys();

// The account that is being read, as the provider's class. Only for keys of the provider's section.
template <typename Account>
Account& account_of(const Setting& setting) {
  return static_cast<Account&>(*setting.draft.account);
}

}  // namespace cardmute::config
