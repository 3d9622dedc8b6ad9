#include "telephony/account.hpp"

namespace cardmute::telephony {

std::string Account::key(std::string_view name) const {
  return std::string(names_.section) + "." + std::string(name);
}

std::vector<NamedFile> Account::named_files() const {
  if (settings.ca_file.empty()) return {};
  return {{key("ca_file"), settings.ca_file}};
}

engine::Target Account::target() const {
  return {settings.by_call ? TargetBy::each_call : TargetBy::extension, settings.extension};
}

bool same_mutes(const Account& before, const Account& after) {
  return before.names().section == after.names().section && before.target() == after.target() &&
         before.polarity() == after.polarity();
}

http::Settings http_settings(const Account& account) {
  return {account.settings.ca_pem, account.settings.proxy};
}

}  // namespace cardmute::telephony
