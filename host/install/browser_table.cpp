// The rows of the table of browsers. Chromium as a snap, and browsers as Flatpaks, are missing,
// because they cannot start a program outside their sandbox, whatever the manifest says.
#include <array>

#include "install/browsers.hpp"

namespace cardmute::install {

namespace {

using enum Base;

constexpr std::array<Spot, 4> kChromeOnLinux{{{user_config, "google-chrome"},
                                              {root, "opt/google/chrome"},
                                              {root, "usr/bin/google-chrome"},
                                              {root, "usr/bin/google-chrome-stable"}}};
constexpr std::array<Spot, 3> kChromiumOnLinux{
    {{user_config, "chromium"}, {root, "usr/bin/chromium"}, {root, "usr/bin/chromium-browser"}}};
constexpr std::array<Spot, 4> kEdgeOnLinux{{{user_config, "microsoft-edge"},
                                            {root, "opt/microsoft/msedge"},
                                            {root, "usr/bin/microsoft-edge"},
                                            {root, "usr/bin/microsoft-edge-stable"}}};
constexpr std::array<Spot, 4> kBraveOnLinux{{{user_config, "BraveSoftware/Brave-Browser"},
                                             {root, "opt/brave.com/brave"},
                                             {root, "usr/bin/brave-browser"},
                                             {root, "usr/bin/brave"}}};
constexpr std::array<Spot, 4> kVivaldiOnLinux{{{user_config, "vivaldi"},
                                               {root, "opt/vivaldi"},
                                               {root, "usr/bin/vivaldi"},
                                               {root, "usr/bin/vivaldi-stable"}}};
constexpr std::array<Spot, 2> kOperaOnLinux{{{root, "usr/bin/opera"}, {root, "usr/lib/opera"}}};
// Since Firefox 147, a new user's profile is in ~/.config/mozilla, but manifests are still read
// from ~/.mozilla.
constexpr std::array<Spot, 8> kFirefoxOnLinux{{{home, ".mozilla"},
                                               {user_config, "mozilla"},
                                               {root, "usr/bin/firefox"},
                                               {root, "usr/bin/firefox-esr"},
                                               {root, "usr/lib/firefox"},
                                               {root, "usr/lib/firefox-esr"},
                                               {root, "opt/firefox"},
                                               {root, "snap/bin/firefox"}}};
constexpr std::array<Spot, 2> kFirefoxOnFedora{
    {{root, "usr/lib64/firefox"}, {root, "usr/lib64/mozilla"}}};

constexpr std::array<Spot, 2> kChromeOnMac{
    {{user_config, "Google/Chrome"}, {root, "Applications/Google Chrome.app"}}};
constexpr std::array<Spot, 2> kChromiumOnMac{
    {{user_config, "Chromium"}, {root, "Applications/Chromium.app"}}};
constexpr std::array<Spot, 2> kEdgeOnMac{
    {{user_config, "Microsoft Edge"}, {root, "Applications/Microsoft Edge.app"}}};
constexpr std::array<Spot, 2> kBraveOnMac{
    {{user_config, "BraveSoftware/Brave-Browser"}, {root, "Applications/Brave Browser.app"}}};
constexpr std::array<Spot, 2> kVivaldiOnMac{
    {{user_config, "Vivaldi"}, {root, "Applications/Vivaldi.app"}}};
constexpr std::array<Spot, 3> kFirefoxOnMac{
    {{user_config, "Mozilla"}, {user_config, "Firefox"}, {root, "Applications/Firefox.app"}}};

constexpr std::array<Spot, 3> kChromeOnWindows{{{home, "AppData/Local/Google/Chrome"},
                                                {root, "Program Files/Google/Chrome"},
                                                {root, "Program Files (x86)/Google/Chrome"}}};
constexpr std::array<Spot, 2> kChromiumOnWindows{
    {{home, "AppData/Local/Chromium"}, {root, "Program Files/Chromium"}}};
constexpr std::array<Spot, 3> kEdgeOnWindows{{{home, "AppData/Local/Microsoft/Edge"},
                                              {root, "Program Files (x86)/Microsoft/Edge"},
                                              {root, "Program Files/Microsoft/Edge"}}};
constexpr std::array<Spot, 2> kBraveOnWindows{
    {{home, "AppData/Local/BraveSoftware/Brave-Browser"},
     {root, "Program Files/BraveSoftware/Brave-Browser"}}};
constexpr std::array<Spot, 2> kFirefoxOnWindows{
    {{user_config, "Mozilla/Firefox"}, {root, "Program Files/Mozilla Firefox"}}};
// The folders of the manifests on Windows. The registry's keys contain the paths of the manifests.
constexpr Spot kOwnChrome{user_config, "CardMute/manifests/chrome"};
constexpr Spot kOwnChromium{user_config, "CardMute/manifests/chromium"};
constexpr Spot kOwnEdge{user_config, "CardMute/manifests/edge"};
constexpr Spot kOwnFirefox{user_config, "CardMute/manifests/firefox"};
constexpr Spot kMachineChrome{root, "ProgramData/CardMute/manifests/chrome"};
constexpr Spot kMachineChromium{root, "ProgramData/CardMute/manifests/chromium"};
constexpr Spot kMachineEdge{root, "ProgramData/CardMute/manifests/edge"};
constexpr Spot kMachineFirefox{root, "ProgramData/CardMute/manifests/firefox"};
// The registry keys of the browsers. Brave reads Chrome's.
constexpr std::string_view kChromeKey =
    R"(Software\Google\Chrome\NativeMessagingHosts\com.cardmute.host)";
constexpr std::string_view kChromiumKey =
    R"(Software\Chromium\NativeMessagingHosts\com.cardmute.host)";
constexpr std::string_view kEdgeKey =
    R"(Software\Microsoft\Edge\NativeMessagingHosts\com.cardmute.host)";
constexpr std::string_view kFirefoxKey =
    R"(Software\Mozilla\NativeMessagingHosts\com.cardmute.host)";

using enum Kind;
using enum System;
using enum Scope;

constexpr std::array<Row, 34> kTable{{
    {"Google Chrome",
     chromium,
     linux_desktop,
     user,
     {user_config, "google-chrome/NativeMessagingHosts"},
     kChromeOnLinux},
    {"Chromium",
     chromium,
     linux_desktop,
     user,
     {user_config, "chromium/NativeMessagingHosts"},
     kChromiumOnLinux},
    {"Microsoft Edge",
     chromium,
     linux_desktop,
     user,
     {user_config, "microsoft-edge/NativeMessagingHosts"},
     kEdgeOnLinux},
    {"Brave",
     chromium,
     linux_desktop,
     user,
     {user_config, "BraveSoftware/Brave-Browser/NativeMessagingHosts"},
     kBraveOnLinux},
    {"Vivaldi",
     chromium,
     linux_desktop,
     user,
     {user_config, "vivaldi/NativeMessagingHosts"},
     kVivaldiOnLinux},
    {"Firefox",
     firefox,
     linux_desktop,
     user,
     {home, ".mozilla/native-messaging-hosts"},
     kFirefoxOnLinux},

    {"Google Chrome",
     chromium,
     linux_desktop,
     machine,
     {root, "etc/opt/chrome/native-messaging-hosts"},
     kChromeOnLinux},
    {"Brave",
     chromium,
     linux_desktop,
     machine,
     {root, "etc/opt/chrome/native-messaging-hosts"},
     kBraveOnLinux},
    {"Vivaldi",
     chromium,
     linux_desktop,
     machine,
     {root, "etc/opt/chrome/native-messaging-hosts"},
     kVivaldiOnLinux},
    {"Opera",
     chromium,
     linux_desktop,
     machine,
     {root, "etc/opt/chrome/native-messaging-hosts"},
     kOperaOnLinux},
    {"Chromium",
     chromium,
     linux_desktop,
     machine,
     {root, "etc/chromium/native-messaging-hosts"},
     kChromiumOnLinux},
    {"Microsoft Edge",
     chromium,
     linux_desktop,
     machine,
     {root, "etc/opt/edge/native-messaging-hosts"},
     kEdgeOnLinux},
    {"Firefox",
     firefox,
     linux_desktop,
     machine,
     {root, "usr/lib/mozilla/native-messaging-hosts"},
     kFirefoxOnLinux},
    {"Firefox",
     firefox,
     linux_desktop,
     machine,
     {root, "usr/lib64/mozilla/native-messaging-hosts"},
     kFirefoxOnFedora},

    {"Google Chrome",
     chromium,
     macos,
     user,
     {user_config, "Google/Chrome/NativeMessagingHosts"},
     kChromeOnMac},
    {"Chromium",
     chromium,
     macos,
     user,
     {user_config, "Chromium/NativeMessagingHosts"},
     kChromiumOnMac},
    {"Microsoft Edge",
     chromium,
     macos,
     user,
     {user_config, "Microsoft Edge/NativeMessagingHosts"},
     kEdgeOnMac},
    {"Brave",
     chromium,
     macos,
     user,
     {user_config, "BraveSoftware/Brave-Browser/NativeMessagingHosts"},
     kBraveOnMac},
    {"Vivaldi",
     chromium,
     macos,
     user,
     {user_config, "Vivaldi/NativeMessagingHosts"},
     kVivaldiOnMac},
    {"Firefox", firefox, macos, user, {user_config, "Mozilla/NativeMessagingHosts"}, kFirefoxOnMac},

    {"Google Chrome",
     chromium,
     macos,
     machine,
     {root, "Library/Google/Chrome/NativeMessagingHosts"},
     kChromeOnMac},
    {"Chromium",
     chromium,
     macos,
     machine,
     {root, "Library/Application Support/Chromium/NativeMessagingHosts"},
     kChromiumOnMac},
    {"Microsoft Edge",
     chromium,
     macos,
     machine,
     {root, "Library/Microsoft/Edge/NativeMessagingHosts"},
     kEdgeOnMac},
    {"Firefox",
     firefox,
     macos,
     machine,
     {root, "Library/Application Support/Mozilla/NativeMessagingHosts"},
     kFirefoxOnMac},

    {"Google Chrome", chromium, windows, user, kOwnChrome, kChromeOnWindows, kChromeKey},
    {"Brave", chromium, windows, user, kOwnChrome, kBraveOnWindows, kChromeKey},
    {"Chromium", chromium, windows, user, kOwnChromium, kChromiumOnWindows, kChromiumKey},
    {"Microsoft Edge", chromium, windows, user, kOwnEdge, kEdgeOnWindows, kEdgeKey},
    {"Firefox", firefox, windows, user, kOwnFirefox, kFirefoxOnWindows, kFirefoxKey},

    {"Google Chrome", chromium, windows, machine, kMachineChrome, kChromeOnWindows, kChromeKey},
    {"Brave", chromium, windows, machine, kMachineChrome, kBraveOnWindows, kChromeKey},
    {"Chromium", chromium, windows, machine, kMachineChromium, kChromiumOnWindows, kChromiumKey},
    {"Microsoft Edge", chromium, windows, machine, kMachineEdge, kEdgeOnWindows, kEdgeKey},
    {"Firefox", firefox, windows, machine, kMachineFirefox, kFirefoxOnWindows, kFirefoxKey},
}};

}  // namespace

std::span<const Row> table() { return kTable; }

}  // namespace cardmute::install
