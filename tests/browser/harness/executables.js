// Where the browsers are: where Debian's packages put them, unless the environment names others.
export const EXECUTABLE = {
  chromium: process.env.CARDMUTE_CHROMIUM ?? '/usr/bin/chromium',
  firefox: process.env.CARDMUTE_FIREFOX ?? '/usr/bin/firefox-esr',
};
