// An agent's account at a telephone provider, as configured. The rest of the host uses a provider
// only through this interface. Each provider has a folder with a class derived from Account and a
// section of the configuration (config/section.hpp); voicenter/ is an example.
//
// An account makes requests and reads answers as plain values, without sockets or threads. It may
// read a secret from a file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "engine/calls.hpp"
#include "engine/outcome.hpp"
#include "engine/status.hpp"
#include "http/client.hpp"
#include "http/message.hpp"
#include "platform/secret.hpp"
#include "telephony/feed.hpp"

namespace cardmute::telephony {

// A provider's names and words for messages. The views must stay valid for as long as the program
// runs.
struct Names {
  std::string_view provider;  // "Voicenter"
  std::string_view section;   // the provider's section of the configuration: "voicenter"
  std::string_view url_key;   // the key for the URL of mutes: "voicenter.mute_url"
  // The keys that change a request: "voicenter.mute_url and voicenter.method".
  std::string_view request_keys;
  std::string_view recordings;  // where to find recordings: "Voicenter's Cpanel"
  // Why a test call must prove that the configured request mutes, in words that fit into a
  // sentence.
  std::string_view doubt;
};

// The settings that every provider's section has.
struct AccountSettings {
  std::string extension;  // the agent's extension, as the provider names it
  bool by_call = false;   // mute each active call by its own ID instead of the extension
  int timeout_ms = 2000;
  int reassert_ms = 2000;
  // How often the mute is repeated while a feed is live, if that is longer than reassert_ms.
  int reassert_live_ms = 0;
  // the file of the CA that signs the provider's certificates; empty: the system's certificates
  std::string ca_file;
  std::string ca_pem;  // the content of ca_file
  std::string proxy;   // the proxy's URL; empty: the environment's, or the system's
};

// What one list says about the calls of the account's extension.
struct ListedCalls {
  engine::CallList list;
  std::string agent = {};  // the agent's name at the provider; empty: unknown
};

struct CallsRequest {
  http::Request request;
  // A part of the request that must never be shown, even if the server repeats it.
  platform::Secret secret = {};
};

// A file that a key of the configuration names, or a secret that the configuration itself contains.
struct NamedFile {
  std::string key;
  std::string file;        // empty: the configuration's own file has the secret
  bool is_secret = false;  // nobody but the agent may read it
  bool operator==(const NamedFile&) const = default;
};

class Account {
 public:
  explicit Account(const Names& names) : names_(names) {}
  virtual ~Account() = default;
  [[nodiscard]] virtual std::shared_ptr<Account> copy() const = 0;

  AccountSettings settings;

  [[nodiscard]] const Names& names() const { return names_; }
  [[nodiscard]] std::string provider() const { return std::string(names_.provider); }
  // The dotted key of `name` in this provider's section, for messages: "voicenter.proxy".
  [[nodiscard]] std::string key(std::string_view name) const;
  // The files that the section names, and where its secrets are. A derived class with further
  // secrets adds them.
  [[nodiscard]] virtual std::vector<NamedFile> named_files() const;
  // What the configured requests mute: the extension, or each of its calls.
  [[nodiscard]] engine::Target target() const;

  // --- Mute and unmute

  // The URL for mutes. The connection to this server is kept open.
  [[nodiscard]] virtual std::string server_url() const = 0;
  // `target` is an extension, or a call by its ID in the list of active calls.
  [[nodiscard]] virtual http::Request mute_request(const engine::Target& target,
                                                   engine::Command command) const = 0;
  // Reads the answer to a request of mute_request(). The request counts as acknowledged only if the
  // provider says that the request was carried out.
  [[nodiscard]] virtual engine::Outcome read_mute_answer(const http::Result& result) const = 0;

  // --- The list of active calls. Its settings are in key("active_calls"), a key or a group of
  // keys.

  // The URL of the list; empty: there is no list.
  [[nodiscard]] virtual std::string calls_url() const = 0;
  [[nodiscard]] bool lists_calls() const { return !calls_url().empty(); }
  // Returns the request for the list of the extension's calls, or why it cannot be made. Call it
  // only if lists_calls().
  [[nodiscard]] virtual std::variant<CallsRequest, Error> calls_request() const = 0;
  // `secret` is CallsRequest::secret. It is removed from the server's text before the text is cut
  // to its limit. It may be empty if nobody is shown the text.
  [[nodiscard]] virtual ListedCalls read_calls(const http::Result& result,
                                               std::string_view secret) const = 0;

  // --- The provider's events about calls. Their settings are key("realtime").

  // Whether make_feed() returns a feed.
  [[nodiscard]] virtual bool has_feed() const { return false; }
  // `seed` is for random numbers: of delays, and of the keys and masks of a WebSocket.
  [[nodiscard]] virtual std::unique_ptr<Feed> make_feed(std::uint64_t /*seed*/) const {
    return nullptr;
  }

  // --- The test call, which proves that the configured request mutes

  // Describes a request in the provider's words: `state "1"`.
  [[nodiscard]] virtual std::string words_of(engine::Command command) const = 0;
  // The value of the setting that decides which request mutes, such as "1". Empty if the provider
  // has no such setting.
  [[nodiscard]] virtual std::string polarity() const = 0;
  // What to do if the unmute request mutes and the mute request does not, as the beginning of a
  // sentence, in lower case.
  [[nodiscard]] virtual std::string remedy_if_reversed() const = 0;

 protected:
  Account(const Account&) = default;

 private:
  const Names& names_;
};

// Whether a mute that was sent with `before` can be ended with `after`: both have the same
// provider, the same target() and the same polarity().
bool same_mutes(const Account& before, const Account& after);

// How to reach the account's servers: proxy and certificates.
http::Settings http_settings(const Account& account);

}  // namespace cardmute::telephony
