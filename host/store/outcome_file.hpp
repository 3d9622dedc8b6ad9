// Acknowledgements that are not in the store yet, in a file of their process. One write to the page
// cache takes a fraction of a transaction, so the reply to an agent can go first; it survives the
// process, but not the machine. Whoever finds the process dead takes them over. Private to store/.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "platform/process.hpp"
#include "store/requests.hpp"

namespace cardmute::store {

// A file of more acknowledgements that are in the store by now is begun anew.
inline constexpr std::size_t kMaxKept_outcomes = 64;

std::filesystem::path outcome_file(const std::filesystem::path& store,
                                   const platform::ProcessIdentity& process);

// Those of a process that has ended, without command and target. Skips what is not whole.
std::vector<Ended> read_outcomes(const std::filesystem::path& file);

class OutcomeFile {
 public:
  explicit OutcomeFile(std::filesystem::path file) : file_(std::move(file)) {}

  // False: it is no acknowledgement, or it could not be kept. Then write it to the store at once.
  bool keep(const Ended& ended);
  // Everything that was kept is in the store.
  void written();
  // Opens another file the next time: the folder may have been moved.
  void close();

 private:
  struct Close {
    void operator()(std::FILE* stream) const { static_cast<void>(std::fclose(stream)); }
  };

  std::filesystem::path file_;
  std::unique_ptr<std::FILE, Close> stream_;
  std::size_t kept_ = 0;
};

}  // namespace cardmute::store
