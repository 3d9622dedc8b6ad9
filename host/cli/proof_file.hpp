// Writes the file of `doctor --test-call --write-proof`, which is for the machine's configuration.
#pragma once

#include <optional>
#include <string>

#include "cli/test_call_parts.hpp"
#include "store/proof.hpp"

namespace cardmute::cli {

// Why the file could not be written, checked before anything is sent; nullopt if it can be written,
// or if `file` is empty.
std::optional<std::string> flaw_of_proof_file(const std::string& file);

// Writes the proof if the test call has passed. Otherwise an earlier file is left as it is. If
// writing fails, prints the proof and sets result.error.
void write_proof_file(const TestCall& call, TestCallResult& result, const store::Proof& proof,
                      const std::string& file);

}  // namespace cardmute::cli
