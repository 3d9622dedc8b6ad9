// The background's entry point: a service worker in Chromium, an event page in Firefox.

import { api } from '../common/api.js';
import { createMessages } from '../common/messages.js';
import { browserName } from './client-info.js';
import { Coordinator } from './coordinator.js';

const clock = {
  now: () => Date.now(),
  after: (/** @type {number} */ delay_ms, /** @type {() => void} */ run) => {
    const timer = setTimeout(run, delay_ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

const agent = /** @type {any} */ (navigator).userAgentData;
const browser = browserName(api.runtime.getURL(''), agent);
const coordinator = new Coordinator(api, clock, createMessages(api.i18n), browser);
coordinator.listen();
coordinator.restore();
