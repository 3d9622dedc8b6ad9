#include "memory.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

namespace cardmute::bench {

Memory memory_of(pid_t process) {
  const std::string path = "/proc/" + std::to_string(process) + "/smaps_rollup";
  std::ifstream file(path);
  Memory memory;
  std::string name;
  for (std::string line; file >> name && std::getline(file, line);) {
    const auto digit = line.find_first_of("0123456789");
    if (digit == std::string::npos) continue;
    if (name == "Rss:") memory.resident_KiB = std::stol(line.substr(digit));
    if (name == "Pss:") memory.proportional_KiB = std::stol(line.substr(digit));
    if (name == "Anonymous:") memory.anonymous_KiB = std::stol(line.substr(digit));
    if (name.starts_with("Private_")) memory.private_KiB += std::stol(line.substr(digit));
  }
  if (memory.resident_KiB == 0) throw std::runtime_error(path + ": no memory to be read");
  return memory;
}

}  // namespace cardmute::bench
