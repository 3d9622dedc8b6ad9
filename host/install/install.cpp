#include "install/install.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include "install/manifest.hpp"
#include "platform/paths.hpp"
#include "platform/registry.hpp"

namespace cardmute::install {

namespace fs = std::filesystem;

namespace {

constexpr const char* kForeign =
    "this file is not CardMute's, so it was not changed; check it, and move it away if nothing "
    "needs it";

std::vector<Target> targets_of(const Options& options, const Roots& roots) {
  if (options.profile) {
    return {profile_target(*options.profile)};
  }
  return targets(roots, options.system, options.scope);
}

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string failure(const std::system_error& error) {
  const bool forbidden = error.code() == std::errc::permission_denied ||
                         error.code() == std::errc::operation_not_permitted;
  return error.what() + std::string(forbidden && !platform::is_administrator()
                                        ? "; run it as the administrator (sudo)"
                                        : "");
}

platform::Hive hive_of(const Target& target) {
  return target.scope == Scope::user ? platform::Hive::user : platform::Hive::machine;
}

Step install_one(const Target& target, const Options& options) {
  if (target.present.empty() && !options.all) {
    return {target, Action::skipped, ""};
  }
  const fs::path manifest = target.manifest();
  const Owner owner = owner_of(manifest);
  if (owner == Owner::foreign) {
    return {target, Action::foreign, kForeign};
  }
  const std::string text = manifest_text(target.kind, options.program, options.allowed_callers);
  const bool registered = target.key.empty() || !target.registered.empty();
  if (owner == Owner::cardmute && text_of(manifest) == text && registered) {
    return {target, Action::unchanged, ""};
  }
  if (!options.dry_run) {
    platform::create_public_folders(manifest.parent_path());
    platform::write_file_atomically(manifest, text, platform::Readers::everyone);
    if (!registered) {
      platform::write_registry_text(hive_of(target), target.key,
                                    fs::path(manifest).make_preferred().string());
    }
  }
  return {target, owner == Owner::cardmute ? Action::updated : Action::installed, ""};
}

Step uninstall_one(const Target& target, const Options& options) {
  const fs::path manifest = target.manifest();
  const Owner owner = owner_of(manifest);
  // A key may name a manifest that somebody has deleted.
  if (owner == Owner::nobody && target.registered.empty()) {
    return {target, Action::skipped, ""};
  }
  if (owner == Owner::foreign) {
    return {target, Action::foreign, kForeign};
  }
  if (!options.dry_run) {
    fs::remove(manifest);
    if (!target.key.empty()) platform::remove_registry_key(hive_of(target), target.key);
  }
  return {target, Action::removed, ""};
}

std::vector<Step> for_each_target(const Options& options, const Roots& roots,
                                  Step (*act)(const Target&, const Options&)) {
  std::vector<Step> steps;
  for (const Target& target : targets_of(options, roots)) {
    try {
      steps.push_back(act(target, options));
    } catch (const std::system_error& error) {
      // A failure does not keep the other browsers from being handled.
      steps.push_back({target, Action::failed, failure(error)});
    }
  }
  return steps;
}

}  // namespace

std::string_view name_of(Action action) {
  switch (action) {
    case Action::installed:
      return "installed";
    case Action::updated:
      return "updated";
    case Action::unchanged:
      return "unchanged";
    case Action::removed:
      return "removed";
    case Action::skipped:
      return "skipped";
    case Action::foreign:
      return "foreign";
    case Action::failed:
      return "failed";
  }
  return "failed";
}

std::vector<Step> install(const Options& options, const Roots& roots) {
  return for_each_target(options, roots, install_one);
}

std::vector<Step> uninstall(const Options& options, const Roots& roots) {
  return for_each_target(options, roots, uninstall_one);
}

}  // namespace cardmute::install
