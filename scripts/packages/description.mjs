// How both Linux packages describe themselves.
export const DESCRIPTION = {
  name: 'cardmute',
  summary: 'keeps payment cards out of call recordings',
  text: ['While a payment form is open in the browser of a call centre\'s agent,',
    'the recording of the call is muted. This package has the native messaging',
    'host, its registration with every browser, and the browser extension for',
    'a company\'s policies.'],
  licence: 'MIT',
};

/** The host's place on a workstation. */
export const PROGRAM = '/usr/bin/cardmute-host';
/** Where the package puts its read-only files. The host has the same path in platform::package_folder. */
export const SHARE = '/usr/share/cardmute';
