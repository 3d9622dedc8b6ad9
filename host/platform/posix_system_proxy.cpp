#include "platform/system_proxy.hpp"

namespace cardmute::platform {

bool has_proxy_settings() { return false; }

ProxySettings proxy_settings(const std::string& /*url*/) { return {}; }

}  // namespace cardmute::platform
