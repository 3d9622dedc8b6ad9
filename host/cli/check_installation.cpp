// Checks of the host manifests; see check.hpp.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/check.hpp"
#include "install/manifest.hpp"

namespace cardmute::cli {

using install::Owner;
using install::Scope;
using install::Target;

namespace {

std::string name_of(const Target& target) {
  return "manifest for " + target.names() +
         (target.scope == Scope::machine ? " (every user)" : " (this user)");
}

const char* remedy_of(const Target& target) {
  return target.scope == Scope::machine ? "run sudo cardmute-host install --system"
                                        : "run cardmute-host install";
}

// Returns nullopt if the folder of `target` has no manifest.
std::optional<Check> check_manifest(const Context& context, const Target& target,
                                    const std::vector<std::string>& allowed_callers) {
  const auto file = target.manifest();
  const Owner owner = install::owner_of(file);
  if (owner == Owner::nobody) {
    return std::nullopt;
  }
  std::string flaws;
  for (const std::string& flaw :
       install::flaws_of(file, target.kind, context.program, allowed_callers)) {
    flaws += (flaws.empty() ? "" : "; ") + flaw;
  }
  if (flaws.empty()) {
    return passed(name_of(target), file.string());
  }
  return failed(name_of(target), ErrorCode::config_invalid, file.string() + ": " + flaws,
                owner == Owner::foreign
                    ? "this file is not CardMute's: look at it, move it away, then " +
                          std::string(remedy_of(target))
                    : remedy_of(target));
}

}  // namespace

std::vector<Check> check_manifests(const Context& context,
                                   const std::vector<std::string>& allowed_callers) {
  std::vector<Check> checks;
  std::set<std::string> present;
  std::set<std::string> with_manifest;  // browsers with a manifest, whether it is right or wrong
  for (const Scope scope : {Scope::user, Scope::machine}) {
    for (const Target& target : install::targets(context.roots, install::this_system(), scope)) {
      present.insert(target.present.begin(), target.present.end());
      if (auto check = check_manifest(context, target, allowed_callers)) {
        checks.push_back(std::move(*check));
        with_manifest.insert(target.browsers.begin(), target.browsers.end());
      }
    }
  }
  for (const std::string& browser : present) {
    if (!with_manifest.contains(browser)) {
      checks.push_back(
          failed("manifest for " + browser, ErrorCode::not_installed,
                 browser + " is on this computer, but has no manifest that names the host",
                 "run cardmute-host install"));
    }
  }
  if (checks.empty()) {
    checks.push_back(noted("manifests", "no browser was found for this user or this machine"));
  }
  return checks;
}

}  // namespace cardmute::cli
