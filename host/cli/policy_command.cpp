// `policy`: prints the browser policies for CardMute with the company's values.
#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "base/url.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/output.hpp"
#include "config/callers.hpp"
#include "config/load.hpp"
#include "install/manifest.hpp"
#include "install/policy_document.hpp"
#include "platform/paths.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;
using install::Kind;
using install::PolicyBrowser;
using install::PolicyOptions;
using install::PolicySystem;

namespace {

struct PolicyFlags {
  PolicyOptions options;
  std::string extension;
};

// The extension's ID: the one that `callers` adds for this kind of browser (the last one if there
// are several), otherwise CardMute's own.
std::string extension_of(Kind kind, const std::vector<std::string>& callers) {
  std::string caller = install::callers_of(kind, callers).back();
  return kind == Kind::firefox ? caller : config::chromium_id_of(caller);
}

bool is_extension(Kind kind, const std::string& id) {
  return kind == Kind::firefox
             ? config::is_firefox_caller(id)
             : config::is_chromium_caller(std::string(config::kChromiumOriginStart) + id + "/");
}

// The address of the extension in this machine's package; empty if there is none.
std::string packaged_url(Kind kind, const install::Roots& roots) {
  const fs::path file = platform::package_folder() / "extension" /
                        (kind == Kind::firefox ? "cardmute.xpi" : "updates.xml");
  std::error_code error;
  const bool there = fs::exists(roots.root / file.relative_path(), error);
  return there ? "file://" + file.string() : "";
}

bool is_url(const std::string& text) {
  constexpr std::array<std::string_view, 3> kStarts{"https://", "http://", "file:///"};
  const bool starts = std::ranges::any_of(
      kStarts, [&text](std::string_view start) { return text.starts_with(start); });
  const bool is_bare = text.ends_with("://") || text == "file:///";
  return starts && !is_bare && std::ranges::none_of(text, [](unsigned char c) {
           return c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '<';
         });
}

// Whether the address is that of a store for browsers of Chromium's kind. Such a store gives the
// extension an ID of its own, while addons.mozilla.org keeps the extension's ID.
bool is_store(Kind kind, const std::string& update_url) {
  constexpr std::array<std::string_view, 4> kStores{"clients2.google.com", "edge.microsoft.com",
                                                    "chromewebstore.google.com",
                                                    "microsoftedge.microsoft.com"};
  const auto origin = url::origin_of(update_url);
  return kind == Kind::chromium && origin &&
         std::ranges::find(kStores, origin->host) != kStores.end();
}

// Fills in the options that the command line left out. Returns what is wrong with them; empty if
// nothing is.
std::string complete(const Context& context, const config::Loaded& loaded, PolicyFlags& flags) {
  PolicyOptions& options = flags.options;
  const Kind kind = install::kind_of(options.browser);
  if (loaded.policy) options.sites = loaded.policy->sites;
  if (loaded.config) options.sites = loaded.config->policy.sites;
  const std::string own = extension_of(kind, {});
  const std::string packaged = extension_of(kind, loaded.packaged_callers);
  options.extension = !flags.extension.empty() ? flags.extension
                      : packaged != own        ? packaged
                                               : extension_of(kind, loaded.allowed_callers);
  if (!is_extension(kind, options.extension)) {
    return "--extension is \"" + options.extension +
           "\". Expected: " + (kind == Kind::firefox ? "an add-on ID" : "32 letters from a to p");
  }
  // The package contains only one extension, so its address fits only that one.
  if (options.update_url.empty() && options.system == PolicySystem::linux_desktop &&
      options.extension == packaged) {
    options.update_url = packaged_url(kind, context.roots);
  }
  if (options.unsigned_addon && kind != Kind::firefox) {
    return "--unsigned is for Firefox ESR only";
  }
  if (options.update_url.empty()) {
    return std::string("--update-url is missing. Expected: the address of ") +
           (kind == Kind::firefox ? "cardmute.xpi" : "updates.xml") +
           " on your server, or the one that the browser's store names";
  }
  if (!is_url(options.update_url)) {
    return "--update-url is \"" + options.update_url +
           "\". Expected: an address that begins with https://, http:// or file:///";
  }
  if (flags.extension.empty() && is_store(kind, options.update_url)) {
    return "--extension is missing: --update-url is a store's address, and a store knows the "
           "extension by an ID of its own. Expected: the 32 letters from a to p that the store has "
           "given";
  }
  return "";
}

// A validator that replaces each of these words with the number of its value, because CLI11 reads
// enums as numbers.
template <typename Value>
CLI::Validator choice_of(const std::map<std::string, Value>& values) {
  return CLI::Validator(
      [values](std::string& word) -> std::string {
        std::string known;
        for (const auto& [name, value] : values) {
          if (name == word) {
            word = std::to_string(static_cast<int>(value));
            return "";
          }
          known += (known.empty() ? "" : ", ") + name;
        }
        return "found \"" + word + "\", expected one of: " + known;
      },
      "");
}

// Why no policies can be printed; nullopt if they can. Without this check, a mistake in the
// configuration would give policies without sites.
std::optional<std::string> flaw_of_configuration(const config::Loaded& loaded) {
  const bool has_sites = loaded.policy || loaded.config;
  if (has_sites || loaded.files_read.empty() || loaded.errors.empty()) return std::nullopt;
  return loaded.errors.front().text();
}

void run_policy(Context& context, PolicyFlags& flags) {
  const config::Loaded loaded = load_configuration(context);
  if (const auto flaw = flaw_of_configuration(loaded)) {
    fail(context, ErrorCode::config_invalid, *flaw);
    return;
  }
  if (const std::string flaw = complete(context, loaded, flags); !flaw.empty()) {
    fail(context, ErrorCode::bad_request, flaw);
    return;
  }
  const std::string text = install::policy_text(flags.options);
  const std::string place = install::policy_place(flags.options);
  if (context.json) {
    print_json(context, {{"ok", true}, {"policies", text}, {"place", place}});
    return;
  }
  context.out << text;
  // This goes to standard error, because standard output contains only the policies.
  context.err << "To set these policies, " << place << ".\n";
  if (flags.options.sites.empty()) {
    context.err << "The configuration names no site, so a form says NOT MUTED only once the host "
                   "has answered.\n";
  }
}

}  // namespace

void add_policy(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "policy", "Print the browser policies that install the extension and pin its icon");
  const auto flags = std::make_shared<PolicyFlags>();
  PolicyOptions& options = flags->options;
  command->add_option("--browser", options.browser, "chrome, chromium, edge or firefox")
      ->required()
      ->transform(choice_of<PolicyBrowser>({{"chrome", PolicyBrowser::chrome},
                                            {"chromium", PolicyBrowser::chromium},
                                            {"edge", PolicyBrowser::edge},
                                            {"firefox", PolicyBrowser::firefox}}))
      ->type_name("BROWSER");
  command->add_option("--os", options.system, "linux, mac or windows (default: linux)")
      ->transform(choice_of<PolicySystem>({{"linux", PolicySystem::linux_desktop},
                                           {"mac", PolicySystem::mac},
                                           {"windows", PolicySystem::windows}}))
      ->type_name("SYSTEM");
  command
      ->add_option("--update-url", options.update_url,
                   "Where the browser finds the extension (default: in CardMute's package)")
      ->type_name("URL");
  command
      ->add_option("--extension", flags->extension,
                   "The extension's ID (default: the one that the package was made for)")
      ->type_name("ID");
  command->add_flag("--unsigned", options.unsigned_addon,
                    "Firefox ESR only: accept add-ons that Mozilla has not signed");
  command->callback([&context, flags] { run_policy(context, *flags); });
}

}  // namespace cardmute::cli
