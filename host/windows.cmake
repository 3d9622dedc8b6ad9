# What differs in the build for Windows: options, libcurl's parts, and the programs' resources.
enable_language(RC)

add_compile_definitions(WIN32_LEAN_AND_MEAN NOMINMAX UNICODE _UNICODE _WIN32_WINNT=0x0A00)
# The C library's mbrtowc() is replaced; platform/windows_text.cpp says why.
add_link_options(-static -Wl,--wrap=mbrtowc)

if(CMAKE_BUILD_TYPE STREQUAL Release)
  # Makes the built files independent of the folder and of the time of the build.
  add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
  add_link_options(-Wl,--no-insert-timestamp)
  # Hardening; tests/windows checks the programs. Options that are the linker's defaults are given
  # too, so that another linker cannot leave them out.
  add_compile_options(-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fcf-protection=full)
  add_link_options(-fstack-protector-strong -Wl,--dynamicbase,--nxcompat,--high-entropy-va -Wl,--gc-sections -s)
endif()

function(cardmute_windows_curl target)
  find_library(CARDMUTE_NGHTTP2 nghttp2 REQUIRED)
  target_compile_definitions(${target} INTERFACE CURL_STATICLIB)
  target_link_libraries(${target} INTERFACE CURL::libcurl ${CARDMUTE_NGHTTP2} ws2_32 crypt32 bcrypt secur32)
endfunction()

# Adds the version, and the manifest that tells Windows how to run the program.
function(cardmute_windows_program program description)
  set(name ${program}.exe)
  configure_file(${CMAKE_SOURCE_DIR}/host/windows.rc.in ${CMAKE_CURRENT_BINARY_DIR}/generated/${program}.rc @ONLY)
  target_sources(${program} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated/${program}.rc)
endfunction()
