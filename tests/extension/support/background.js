// What tests of the background need: a clock that only the test advances, and a fake browser that records
// every call.

import { readFileSync } from 'node:fs';

export const SITE = 'https://crm.example.com/*';
export const POLICY = {
  sites: [SITE], rules: [], interlock: 'warn', on_browser_gone: 'resume', grace_ms: 3000,
  allow_record_override: false, idle_minutes: 10, on_idle: 'alert', manual_mute_minutes: 30,
  form_mute_minutes: 10,
};

/** @param {object} [changes] */
export const statusOf = (changes = {}) => ({
  state: 'recording', verified: null, target: { by: 'extension', value: 'API1API' },
  provider: 'Voicenter', extension: { sip_id: 'API1API', source: 'machine', may_set: false },
  surfaces: 0, elsewhere: 0, override: 'auto', since: '2026-11-21T10:00:00.000Z',
  last: null, problem: null, notices: [],
  ...changes,
});

/** Lets all settled promises run their callbacks. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

export class FakeClock {
  now_ms = 1_000_000;
  timers = new Set();
  random = () => 1;
  now = () => this.now_ms;
  after = (delay_ms, run) => {
    const timer = { at_ms: this.now_ms + delay_ms, run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  advance(by_ms) {
    const end_ms = this.now_ms + by_ms;
    for (;;) {
      const due = [...this.timers].filter(({ at_ms }) => at_ms <= end_ms);
      const [next] = due.sort((a, b) => a.at_ms - b.at_ms);
      if (next === undefined) break;
      this.timers.delete(next);
      this.now_ms = next.at_ms;
      next.run();
    }
    this.now_ms = end_ms;
  }
}

export function fakeEvent() {
  const listeners = new Set();
  return {
    addListener: (listen) => listeners.add(listen),
    removeListener: (listen) => listeners.delete(listen),
    fire: (...args) => [...listeners].forEach((listen) => listen(...args)),
  };
}

export class FakePort {
  sent = [];
  connected = true;
  onMessage = fakeEvent();
  onDisconnect = fakeEvent();

  constructor(name = '', sender = undefined) {
    this.name = name;
    this.sender = sender;
  }

  postMessage(message) {
    if (!this.connected) throw new Error('Attempting to use a disconnected port object');
    this.sent.push(structuredClone(message));
  }

  disconnect() {
    this.connected = false;
  }

  receive(message) {
    this.onMessage.fire(structuredClone(message));
  }

  /** Closes the port from the other side. */
  drop(words) {
    this.connected = false;
    if (words !== undefined) this.error = { message: words };
    this.onDisconnect.fire(this);
  }

  last(type) {
    return this.sent.filter((message) => message.type === type).at(-1);
  }
}

/** The host's side of a native port. */
export class FakeHost extends FakePort {
  policy = POLICY;
  /** @type {object|null} the status of its automatic replies to "status"; null: there are none */
  pulse = null;

  postMessage(message) {
    super.postMessage(message);
    if (this.pulse !== null && message.type === 'status') {
      this.reply('status', { status: statusOf(this.pulse) });
    }
  }

  reply(type, fields = {}) {
    const { id } = this.last(type);
    this.receive({ id, type: 'reply', ok: fields.error === undefined, status: statusOf(), ...fields });
  }

  welcome(fields = {}) {
    this.reply('hello', { host_version: '1.0.0', protocol: 1, policy: this.policy, ...fields });
  }

  say(changes) {
    this.receive({ type: 'status', status: statusOf(changes) });
  }
}

function fakeArea(data = {}) {
  return {
    data,
    get: async (key) => (key === null ? structuredClone(data)
      : key in data ? { [key]: structuredClone(data[key]) } : {}),
    set: async (items) => { Object.assign(data, structuredClone(items)); },
  };
}

/** @param {'en'|'he'} language */
export function i18nOf(language) {
  const file = new URL(`../../../extension/_locales/${language}/messages.json`, import.meta.url);
  const words = JSON.parse(readFileSync(file, 'utf8'));
  return {
    getMessage: (key, substitutions = []) => {
      if (!(key in words)) throw new Error(`no such message: ${key}`);
      const { message, placeholders = {} } = words[key];
      return message.replace(/\$(\w+)\$/g, (_, name) => {
        const { content } = placeholders[name.toLowerCase()];
        return substitutions[Number(content.slice(1)) - 1] ?? '';
      });
    },
  };
}

export const fakeI18n = i18nOf('en');

/** A fake of the API `scripting`: refuses what browsers refuse, records what is registered and injected. */
function fakeScripting({ registered, refusedPatterns, refusals, injected }) {
  return {
    getRegisteredContentScripts: async () => [...registered.values()],
    registerContentScripts: async (scripts) => {
      for (const script of scripts) {
        const isRefused = script.matches.some((pattern) => refusedPatterns.has(pattern));
        if (isRefused) throw new Error('Invalid pattern');
        const wholeSite = script.matches.every((pattern) => /^[^/]+:\/\/[^/]+\/\*$/.test(pattern));
        if (script.matchOriginAsFallback && !wholeSite) throw new Error('The path component must be *');
        if (registered.has(script.id)) throw new Error('Duplicate script ID');
        registered.set(script.id, script);
      }
    },
    unregisterContentScripts: async ({ ids }) => ids.forEach((id) => registered.delete(id)),
    executeScript: async (details) => {
      const words = refusals.get(details.target.tabId);
      if (words !== undefined) throw new Error(words);
      if (details.files) injected.push(details);
    },
  };
}

function fakeTabs({ tabs, closedTabs }) {
  return {
    query: async ({ url, active }) => tabs.filter((tab) =>
      (url === undefined ? tab.active === active : tab.url?.startsWith(url.replace('*', '')))),
    get: async (id) => (closedTabs.has(id) ? Promise.reject(new Error(`No tab with id: ${id}.`))
      : { status: 'complete', ...tabs.find((tab) => tab.id === id), id }),
    onUpdated: fakeEvent(), onActivated: fakeEvent(),
    onRemoved: fakeEvent(),
  };
}

export function fakeApi() {
  const registered = new Map();
  const calls = { notifications: [], cleared: [], injected: [], toolbar: {}, alarms: new Set() };
  const hosts = [];
  const withheld = new Set();
  const refusedPatterns = new Set();
  const tabs = [];
  const closedTabs = new Set();
  /** tab in which no script may run -> the browser's error text */
  const refusals = new Map();
  const write = (name) => async (details) => { Object.assign(calls.toolbar, { [name]: details }); };
  const api = {
    runtime: {
      id: 'own-id', lastError: undefined,
      getManifest: () => ({ version: '1.0.0' }),
      getURL: (path) => `chrome-extension://own-id/${path}`,
      connectNative: () => {
        const host = new FakeHost();
        hosts.push(host);
        return host;
      },
      onConnect: fakeEvent(), onInstalled: fakeEvent(), onStartup: fakeEvent(),
    },
    permissions: {
      contains: async ({ origins }) => origins.every((origin) => !withheld.has(origin)),
      onAdded: fakeEvent(), onRemoved: fakeEvent(),
    },
    storage: { local: fakeArea(), session: fakeArea(), managed: { ...fakeArea(), onChanged: fakeEvent() } },
    scripting: fakeScripting({ registered, refusedPatterns, refusals, injected: calls.injected }),
    tabs: fakeTabs({ tabs, closedTabs }),
    action: {
      setIcon: write('icon'), setBadgeText: write('badge'), setTitle: write('title'),
      setBadgeBackgroundColor: write('colour'), setBadgeTextColor: write('textColour'),
    },
    notifications: {
      create: async (id, details) => { calls.notifications.push({ id, ...details }); },
      clear: async (id) => { calls.cleared.push(id); },
    },
    alarms: {
      onAlarm: fakeEvent(),
      create: (name) => calls.alarms.add(name), clear: (name) => calls.alarms.delete(name),
    },
    commands: { onCommand: fakeEvent() },
    i18n: fakeI18n,
  };
  return { api, calls, hosts, registered, withheld, refusedPatterns, tabs, closedTabs, refusals };
}

/** @param {object} [sender] */
export const contentPort = (sender = {}) => new FakePort('surfaces', {
  id: 'own-id', frameId: 0, origin: 'https://crm.example.com', url: 'https://crm.example.com/order/7?card=no',
  tab: { id: 5, url: 'https://crm.example.com/order/7?card=no' }, ...sender,
});

export const popupPort = () => new FakePort('popup', {
  id: 'own-id', url: 'chrome-extension://own-id/popup/popup.html',
});
