// The body of a request with a secret.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace cardmute::voicenter {

// Returns a JSON object of texts. A JSON library would leave copies of the secret behind, on the
// stack and in freed memory; here it is only in the result, which the caller wipes. The names need
// no escaping, and the values are UTF-8.
std::string secret_body(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members);

}  // namespace cardmute::voicenter
