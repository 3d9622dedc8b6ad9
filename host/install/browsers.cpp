#include "install/browsers.hpp"

#include <algorithm>

#include "install/identity.hpp"
#include "platform/paths.hpp"
#include "platform/registry.hpp"

namespace cardmute::install {

namespace fs = std::filesystem;

namespace {

fs::path base_of(const Roots& roots, Base base) {
  switch (base) {
    case Base::home:
      return roots.home;
    case Base::user_config:
      return roots.user_config;
    case Base::root:
      return roots.root;
  }
  return roots.root;
}

// Whether the browser counts as installed. For the whole machine, a browser in one user's home does
// not count. A browser that is installed counts for every user, even one who has not started it
// yet.
bool is_present(const Row& row, const Roots& roots) {
  return std::any_of(row.signs.begin(), row.signs.end(), [&](const Spot& sign) {
    std::error_code ignored;
    const bool counts = row.scope == Scope::user || sign.base == Base::root;
    return counts && fs::exists(base_of(roots, sign.base) / sign.path, ignored);
  });
}

}  // namespace

System this_system() {
#ifdef __APPLE__
  return System::macos;
#elif defined(_WIN32)
  return System::windows;
#else
  return System::linux_desktop;
#endif
}

Roots default_roots() {
  // On Windows: the root of the drive with ProgramData, which usually has the programs too.
  const fs::path root = platform::machine_config_file().root_path();
  return {platform::home_directory(), platform::user_config_directory(), root};
}

std::string Target::names() const {
  std::string text;
  for (const std::string& browser : present.empty() ? browsers : present) {
    text += (text.empty() ? "" : ", ") + browser;
  }
  return text;
}

fs::path Target::manifest() const {
  return registered.empty() ? folder / (std::string(kHostName) + ".json") : registered;
}

namespace {

// Browsers look into the 32-bit view first, so an old entry there is preferred to a newer one in
// the other view.
fs::path registered_manifest(const Target& target) {
  const auto hive = target.scope == Scope::user ? platform::Hive::user : platform::Hive::machine;
  for (const auto view : {platform::RegistryView::of_32_bits, platform::RegistryView::of_64_bits}) {
    const auto file = platform::registry_text(hive, view, target.key);
    if (file && !file->empty()) return *file;
  }
  return {};
}

}  // namespace

std::vector<Target> targets(const Roots& roots, System system, Scope scope) {
  std::vector<Target> found;
  for (const Row& row : table()) {
    if (row.system != system || row.scope != scope) {
      continue;
    }
    const fs::path folder = (base_of(roots, row.folder.base) / row.folder.path).make_preferred();
    auto target = std::find_if(found.begin(), found.end(),
                               [&](const Target& other) { return other.folder == folder; });
    if (target == found.end()) {
      target = found.insert(found.end(),
                            Target{{}, row.kind, scope, folder, {}, std::string(row.key), {}});
      if (!row.key.empty()) target->registered = registered_manifest(*target);
    }
    target->browsers.emplace_back(row.browser);
    if (is_present(row, roots)) {
      target->present.emplace_back(row.browser);
    }
  }
  return found;
}

Target profile_target(const fs::path& profile) {
  const std::string name = "profile " + profile.string();
  return {{name}, Kind::chromium, Scope::user, profile / "NativeMessagingHosts", {name}, "", {}};
}

}  // namespace cardmute::install
