#include "host_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

extern char** environ;

namespace cardmute::bench {

namespace {

struct Pipe {
  Descriptor out;
  Descriptor in;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  must(::pipe2(ends.data(), O_CLOEXEC), "pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

pid_t spawn(const std::vector<std::string>& command, int in, int out) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  pid_t process = -1;
  const int error =
      ::posix_spawnp(&process, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), command.front());
  return process;
}

std::string frame(const std::string& text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes + text;
}

}  // namespace

HostProcess::HostProcess(const std::vector<std::string>& command) {
  Pipe input = make_pipe();
  Pipe output = make_pipe();
  started_at_ = Clock::now();
  process_ = spawn(command, input.out.number(), output.in.number());
  to_host_ = std::move(input.in);
  from_host_ = std::move(output.out);
  output.in.close();  // so that reading fails once the host has ended
  ask(R"("type":"hello","protocol":1,"client":{"extension_version":"1.0.0","browser":"chromium","locale":"en"})");
}

HostProcess::~HostProcess() {
  to_host_.close();
  ::waitpid(process_, nullptr, 0);
}

double HostProcess::unmute() {
  const double took_ms = ask(R"("type":"surface.close")");
  if (reply_.find(R"("unmute_delayed")") == std::string::npos) return took_ms;
  return ask(R"("type":"override","mode":"auto")");
}

double HostProcess::ask(const std::string& what) {
  const std::string id = std::to_string(++last_id_);
  const std::string bytes =
      frame(R"({"id":)" + id + "," + what +
            R"(,"surface":"bench","origin":"https://crm.example.com","reason":"benchmark"})");
  const auto begun = Clock::now();
  must(::write(to_host_.number(), bytes.data(), bytes.size()), "write to the host");
  for (;;) {
    const std::string text = next_frame();
    const auto ended = Clock::now();
    // A host that records nothing would be faster than a real one.
    if (text.find(R"("store_failed")") != std::string::npos) {
      throw std::runtime_error("a host cannot use its store: " + text);
    }
    if (text.find(R"("type":"reply")") == std::string::npos) continue;
    const auto reply = nlohmann::json::parse(text);
    if (reply.at("id") != last_id_ || reply.at("ok") != true) {
      throw std::runtime_error("a host answered " + text);
    }
    reply_ = text;
    return ms_between(begun, ended);
  }
}

std::string HostProcess::next_frame() {
  for (;;) {
    std::uint32_t length = 0;
    if (received_.size() >= sizeof length) {
      std::memcpy(&length, received_.data(), sizeof length);
      if (received_.size() >= sizeof length + length) {
        std::string text = received_.substr(sizeof length, length);
        received_.erase(0, sizeof length + length);
        return text;
      }
    }
    read_some();
  }
}

void HostProcess::read_some() {
  pollfd readable{from_host_.number(), POLLIN, 0};
  if (must(::poll(&readable, 1, kPatience_ms), "poll") == 0) {
    throw std::runtime_error("a host did not answer");
  }
  std::array<char, 16 * 1024> buffer{};
  const auto count = must(::read(from_host_.number(), buffer.data(), buffer.size()), "read");
  if (count == 0) throw std::runtime_error("a host ended");
  received_.append(buffer.data(), static_cast<std::size_t>(count));
}

}  // namespace cardmute::bench
