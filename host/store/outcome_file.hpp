// Acknowledgements that are not in the store yet, in a file of their process, so that the reply to
// an agent need not wait for a transaction: it survives the process, though not the machine.
// Whoever finds the process dead takes them over. Private to store/.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <vector>

#include "platform/process.hpp"
#include "store/requests.hpp"

namespace cardmute::store {

// The file has as many slots of one length. They are written over in turn, so that keeping an
// acknowledgement needs no space on the disk.
inline constexpr std::size_t kMaxKept_outcomes = 64;

std::filesystem::path outcome_file(const std::filesystem::path& store,
                                   const platform::ProcessIdentity& process);

// Those of a process that has ended, the oldest first, without command and target. Some are in the
// store already. Skips what is not whole.
std::vector<Ended> read_outcomes(const std::filesystem::path& file);

// Deletes the files beside `store` that are not in `kept`.
void remove_outcomes_but(const std::filesystem::path& store,
                         const std::set<std::filesystem::path>& kept);

class OutcomeFile {
 public:
  explicit OutcomeFile(std::filesystem::path file) : file_(std::move(file)) {}

  // Creates the file if it is not there. Call it when nobody waits; keep() does it otherwise.
  void prepare();
  // False: it is no acknowledgement, or it could not be kept. Then write it to the store at once.
  bool keep(const Ended& ended);
  // Everything that was kept is in the store.
  void written() { kept_ = 0; }
  // Opens another file the next time: the folder may have been moved.
  void close();
  void remove();

 private:
  struct Close {
    void operator()(std::FILE* stream) const { static_cast<void>(std::fclose(stream)); }
  };

  std::filesystem::path file_;
  std::unique_ptr<std::FILE, Close> stream_;
  std::size_t next_ = 0;  // slot
  std::size_t kept_ = 0;  // since written()
};

}  // namespace cardmute::store
