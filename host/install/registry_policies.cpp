#include "install/registry_policies.hpp"

#include <algorithm>

#include "platform/registry.hpp"

namespace cardmute::install {

using nlohmann::json;
using platform::Hive;
using platform::RegistryView;

namespace {

// Keys that are nested deeper are not read. The policies of browsers need three levels.
constexpr int kMaxDepth = 5;

bool is_number(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

json value_of(const platform::RegistryValue& value) {
  return value.number ? json(*value.number != 0) : json(value.text);
}

json read_key(Hive hive, RegistryView view, const std::string& key, int depth) {
  const auto values = platform::registry_values(hive, view, key);
  const auto keys = platform::registry_keys(hive, view, key);
  const bool is_list =
      keys.empty() && !values.empty() &&
      std::ranges::all_of(values, [](const auto& value) { return is_number(value.name); });
  json found = is_list ? json::array() : json::object();
  for (const auto& value : values) {
    if (is_list) {
      found.push_back(value_of(value));
    } else {
      found[value.name] = value_of(value);
    }
  }
  for (const std::string& name : keys) {
    if (depth >= kMaxDepth) break;
    std::string below = key;
    below.append("\\").append(name);
    found[name] = read_key(hive, view, below, depth + 1);
  }
  return found;
}

}  // namespace

json registry_policies(const std::string& key) {
  json all = json::object();
  for (const Hive hive : {Hive::user, Hive::machine}) {
    for (const auto view : {RegistryView::of_32_bits, RegistryView::of_64_bits}) {
      const json found = read_key(hive, view, key, 0);
      if (found.is_object()) all.update(found);
    }
  }
  return all;
}

bool registry_installs(const std::string& key, const std::string& id) {
  const auto is_in = [&](RegistryView view) {
    return platform::registry_text(Hive::machine, view, key + "\\" + id, "update_url").has_value();
  };
  return is_in(RegistryView::of_32_bits) || is_in(RegistryView::of_64_bits);
}

}  // namespace cardmute::install
