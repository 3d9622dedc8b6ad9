#include "install/last_starts.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace cardmute::install {

namespace fs = std::filesystem;

namespace {

// Files that a browser writes at each start, and at no other time (seen in Chromium 156 and Firefox
// 153).
constexpr const char* kWrittenByChromium = "Last Version";
constexpr const char* kWrittenByFirefox = ".parentlock";
// A file that every browser of Chromium's kind writes while it runs. It is used for Opera, which is
// not known to write kWrittenByChromium.
constexpr const char* kWrittenWhileRunning = "Local State";

// A folder in which a browser keeps the profiles of a user on Linux. Folders of snaps and Flatpaks
// count too. Some of these browsers cannot start the host, so their users are not protected.
struct ProfilePlace {
  std::string_view browser;
  Kind kind = Kind::chromium;
  Spot folder;
  const char* written = kWrittenByChromium;  // the file that start_in() looks at
};

constexpr auto kChromium = Kind::chromium;
constexpr auto kFirefox = Kind::firefox;
constexpr std::array<ProfilePlace, 20> kPlaces{{
    {"Google Chrome", kChromium, {Base::user_config, "google-chrome"}},
    {"Google Chrome", kChromium, {Base::home, ".var/app/com.google.Chrome/config/google-chrome"}},
    {"Chromium", kChromium, {Base::user_config, "chromium"}},
    {"Chromium", kChromium, {Base::home, "snap/chromium/common/chromium"}},
    {"Chromium", kChromium, {Base::home, ".var/app/org.chromium.Chromium/config/chromium"}},
    {"Microsoft Edge", kChromium, {Base::user_config, "microsoft-edge"}},
    {"Microsoft Edge",
     kChromium,
     {Base::home, ".var/app/com.microsoft.Edge/config/microsoft-edge"}},
    {"Brave", kChromium, {Base::user_config, "BraveSoftware/Brave-Browser"}},
    {"Brave",
     kChromium,
     {Base::home, ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser"}},
    {"Brave", kChromium, {Base::home, "snap/brave/current/.config/BraveSoftware/Brave-Browser"}},
    {"Vivaldi", kChromium, {Base::user_config, "vivaldi"}},
    {"Vivaldi", kChromium, {Base::home, ".var/app/com.vivaldi.Vivaldi/config/vivaldi"}},
    {"Vivaldi", kChromium, {Base::home, "snap/vivaldi/current/.config/vivaldi"}},
    {"Opera", kChromium, {Base::user_config, "opera"}, kWrittenWhileRunning},
    {"Opera",
     kChromium,
     {Base::home, ".var/app/com.opera.Opera/config/opera"},
     kWrittenWhileRunning},
    {"Opera", kChromium, {Base::home, "snap/opera/current/.config/opera"}, kWrittenWhileRunning},
    {"Firefox", kFirefox, {Base::home, ".mozilla/firefox"}},
    {"Firefox", kFirefox, {Base::user_config, "mozilla/firefox"}},
    {"Firefox", kFirefox, {Base::home, "snap/firefox/common/.mozilla/firefox"}},
    {"Firefox", kFirefox, {Base::home, ".var/app/org.mozilla.firefox/.mozilla/firefox"}},
}};

// A profile has a folder for each extension in these two folders: in the first if the extension
// came as a package, in the second if the extension has stored something. CardMute's extension
// always stores something, even if it was loaded unpacked.
constexpr std::array<const char*, 2> kOfExtensions{"Extensions", "Local Extension Settings"};

std::optional<UtcTime> time_of(const fs::path& file) {
  std::error_code error;
  const auto changed = fs::last_write_time(file, error);
  if (error) return std::nullopt;
  const auto time = fs::file_time_type::clock::to_sys(changed);
  return std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch();
}

// The newest start of the profiles in the folder. Firefox has a folder for each profile, Chromium
// one file for all.
std::optional<UtcTime> start_in(const fs::path& folder, const ProfilePlace& place) {
  if (place.kind == Kind::chromium) return time_of(folder / place.written);
  std::optional<UtcTime> newest;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    newest = std::max(newest, time_of(entry->path() / kWrittenByFirefox));
  }
  return newest;
}

}  // namespace

std::optional<std::vector<LastStart>> last_starts(const Roots& roots, System system) {
  if (system != System::linux_desktop) return std::nullopt;
  std::vector<LastStart> starts;
  for (const ProfilePlace& place : kPlaces) {
    const fs::path& base = place.folder.base == Base::home ? roots.home : roots.user_config;
    const fs::path folder = base / place.folder.path;
    const auto at = start_in(folder, place);
    if (!at) continue;
    auto known = std::ranges::find(starts, place.browser, &LastStart::browser);
    if (known == starts.end()) {
      known = starts.insert(starts.end(), {std::string(place.browser), *at});
    }
    known->at = std::max(known->at, *at);
    known->folders.push_back(folder);
  }
  return starts;
}

bool has_extension(const std::vector<fs::path>& folders, const std::vector<std::string>& ids) {
  const auto has = [&ids](const fs::path& profile) {
    return std::ranges::any_of(kOfExtensions, [&](const char* name) {
      return std::ranges::any_of(ids, [&](const std::string& id) {
        std::error_code ignored;
        return fs::exists(profile / name / id, ignored);
      });
    });
  };
  for (const fs::path& folder : folders) {
    if (has(folder)) return true;  // in Opera, `folder` itself may be a profile
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      if (has(entry->path())) return true;
    }
  }
  return false;
}

}  // namespace cardmute::install
