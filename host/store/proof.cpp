// The proof of polarity; see proof.hpp.
#include "store/proof.hpp"

namespace cardmute::store {

std::string configuration_of(const std::string& mute_url, const std::string& mute_state) {
  return mute_url + " state=" + mute_state;
}
std::optional<Proof> read_proof(const std::filesystem::path&, const std::string&) { return {}; }
std::optional<std::string> write_proof(const std::filesystem::path&, const Proof&) { return {}; }

}  // namespace cardmute::store
