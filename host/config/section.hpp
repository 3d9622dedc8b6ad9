// A telephone provider's section of the configuration, which the provider's folder brings along.
// Which provider is used follows from the section that the configuration has.
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
  // The provider's own keys; those of every provider (AccountSettings) come in addition.
  std::span<const Key> keys;
  // The groups among them, such as "active_calls", for guesses what an unknown key was meant to be.
  std::span<const KeyGroup> groups;
};

// Every provider that this program knows, in the order of the list in host/CMakeLists.txt, from
// which this function is made. Without any section in the configuration the first one counts.
std::span<const Section* const> sections();

// The section of this name; null: no provider has it.
const Section* section_named(std::string_view name);

// The keys that each section has, whatever the provider.
std::span<const Key> account_keys();

// The account that is being read, as the provider's own class. For the keys of a section.
template <typename Account>
Account& account_of(const Setting& setting) {
  return static_cast<Account&>(*setting.draft.account);
}

}  // namespace cardmute::config
