// Holds the background's parts together: what pages, popup and host say goes in, and after each change the
// one model of view.js goes out to pages, icon, notification and popup. main.js makes it.

import { HOST_NAME } from '../common/protocol.js';
import { modelOf } from '../common/view.js';
import * as content from './content-ports.js';
import { Surfaces } from './declared-surfaces.js';
import { Continued } from './continued.js';
import { EarlyMute } from './early-mute.js';
import { IdleTimer } from './idle-timer.js';
import { FrameInjector, injectBeside, injectRules } from './injection.js';
import { knownOf } from './known-of.js';
import { Liveness } from './liveness.js';
import { NativePort } from './native-port.js';
import { Notifier } from './notifier.js';
import { Override } from './override.js';
import { loadMuteWish, saveMuteWish } from './policy-cache.js';
import * as picker from './picker-ports.js';
import * as popup from './popup-ports.js';
import { Sites } from './sites.js';
import { snapshotOf } from './snapshot-of.js';
import { Toolbar } from './toolbar.js';
import { Watch } from './watch.js';
import { pageGreeting, pageStatus, wordingOf } from './wording.js';

// How long the host is kept when nobody needs it: a page that is followed by the next finds it warm.
export const IDLE_CLOSE_ms = 10_000;

/**
 * @typedef {typeof import('../common/api.js').api} Api
 * @typedef {import('../common/protocol.js').HostStatus} HostStatus
 * @typedef {import('../common/messages.js').Messages} Messages
 * @typedef {import('./native-port.js').Clock} Clock
 */

export class Coordinator {
  #api;
  #messages;
  #version;
  /** @type {HostStatus|null} null as soon as it may no longer be true */
  #status = null;
  #wasReady = false;
  #restored = false;

  #port;
  #surfaces;
  #override;
  #pages;
  #pickers;
  #popups;
  #sites;
  #toolbar;
  #notifier;
  #early;
  #continued;
  #watch;
  #idle;
  #liveness;

  /** @param {Api} api @param {Clock} clock @param {Messages} messages @param {string} browser */
  constructor(api, clock, messages, browser) {
    this.#api = api;
    this.#messages = messages;
    this.#version = api.runtime.getManifest().version;
    const onChange = () => this.#changed();
    const onGone = () => {
      void api.runtime.lastError; // a page in the back-forward cache; Chromium complains if it is unread
      this.#changed();
    };
    const isReady = () => this.#port.state === 'ready';
    /** @type {NativePort['request']} */
    const request = (type, fields) => this.#port.request(type, fields);
    this.#port = new NativePort({
      connect: () => api.runtime.connectNative(HOST_NAME),
      // Firefox has it on the port, Chromium in lastError.
      whyClosed: (closed) => closed?.error?.message ?? api.runtime.lastError?.message ?? '',
      client: () => ({ extension_version: this.#version, browser, locale: messages.lang }),
      clock,
      onChange: () => this.#connectionChanged(),
      onMessage: (message) => this.#heardHost(message),
    });
    this.#sites = new Sites(api, () => this.#sitesChanged());
    this.#surfaces = new Surfaces({ isReady, now: clock.now, onChange, request });
    const save = (/** @type {boolean} */ wished) => saveMuteWish(api, wished);
    this.#override = new Override({ isReady, request, onChange, save });
    this.#early = new EarlyMute(api, clock, this.#surfaces, () => this.#sites.policy?.premute === true);
    this.#continued = new Continued(request, onChange);
    const frames = new FrameInjector(api, clock);
    this.#pages = new content.ContentPorts({
      surfaces: this.#surfaces,
      ownId: api.runtime.id,
      tabs: api.tabs,
      greeting: (origin) => pageGreeting(this.#sites, origin, messages),
      early: this.#early,
      isOurSite: (address) => this.#sites.includes(address),
      onPage: () => this.#needed(),
      onGone,
      onFrames: (tabId) => frames.request(tabId),
      onBeside: (tab, frame) => injectBeside(api, tab, frame),
      mayGreet: () => this.#restored || this.#sites.policy !== null,
      onContinue: (surfaces) => this.#continued.add(surfaces),
      onRules: (tabId, frameId) => { injectRules(api, tabId, frameId); },
      // Counted by the host; where it is not there, one count is missing.
      onRule: (origin, event, rule) => { request('rule.report', { origin, event, rule }).catch(() => {}); },
      after: (delay_ms, run) => clock.after(delay_ms, run),
    });
    this.#pickers = new picker.PickerPorts(api.runtime.id, messages, this.#pages.eye);
    this.#popups = new popup.PopupPorts({
      ownPages: api.runtime.getURL('popup/'),
      snapshot: () => this.#snapshot(),
      onOpened: () => this.#needed(),
      onGone,
      onRetry: () => this.#port.open(),
      onOverride: (mode) => this.#override.wish(mode),
    });
    this.#toolbar = new Toolbar(api, clock);
    this.#notifier = new Notifier(api);
    this.#watch = new Watch(api, () => this.#port.open());
    this.#idle = new IdleTimer(clock, IDLE_CLOSE_ms, () => this.#port.close());
    const ask = () => { this.#port.request('status').catch(() => {}); };
    this.#liveness = new Liveness(clock, ask, () => this.#port.abandon());
  }

  /** Listens for what wakes a worker; must run before the worker's first turn ends. */
  listen() {
    const { runtime, permissions } = this.#api;
    runtime.onConnect.addListener((port) => {
      if (port.name === content.PORT_NAME) this.#pages.accept(port);
      if (port.name === popup.PORT_NAME) this.#popups.accept(port);
      if (port.name === picker.PORT_NAME) this.#pickers.accept(port);
    });
    // The host is asked at each start of the browser, so that a changed list of sites is learnt unvisited.
    const begin = () => {
      this.#needed();
      this.#sites.apply();
    };
    runtime.onInstalled.addListener(begin);
    runtime.onStartup.addListener(begin);
    permissions.onAdded.addListener(() => this.#sites.look());
    permissions.onRemoved.addListener(() => this.#sites.look());
  }

  /** What earlier workers have left. */
  async restore() {
    // The wish waits for nothing else: until it is known again nobody holds that mute.
    // What cannot be read keeps nobody waiting.
    await Promise.allSettled([this.#restoreWish(), this.#sites.restore(), this.#early.restore()]);
    this.#restored = true;
    this.#pages.greetAll();
    this.#changed();
  }

  async #restoreWish() {
    this.#override.restore(await loadMuteWish(this.#api).catch(() => false));
    if (this.#override.muteWished) this.#needed();
  }

  #needed() {
    this.#idle.set(false);
    this.#port.open();
    this.#changed();
  }

  #connectionChanged() {
    const isReady = this.#port.state === 'ready';
    if (isReady && !this.#wasReady) {
      this.#surfaces.declareAll();
      this.#continued.repeat();
      this.#override.repeat();
    } else if (!isReady) {
      this.#status = null;
      if (this.#wasReady) this.#surfaces.forgetAnswers();
      this.#override.forgetHost();
    }
    this.#wasReady = isReady;
    this.#changed();
  }

  /** @param {ReturnType<typeof import('../common/protocol.js').readHostMessage>} message */
  #heardHost(message) {
    this.#liveness.heard();
    if (message.kind === 'unknown') {
      // It may have been a change for the worse. Asked again once: an answer to this would carry an id.
      this.#status = null;
      if (message.id === null) this.#port.request('status').catch(() => {});
    } else {
      this.#status = message.status ?? this.#status;
      if (message.policy !== null) this.#sites.learn(message.policy);
      if (message.status !== null) this.#override.heard(message.status.override);
    }
    this.#changed();
  }

  #sitesChanged() {
    this.#pages.recheck();
    this.#pages.greetAll();
    this.#changed();
  }

  /** The one place from which everybody is told; pages first, since an agent waits there. */
  #changed() {
    const model = this.#model();
    const { words, reminders, tooltip, lines } = wordingOf(model, this.#messages);
    this.#pages.tell({
      ...pageStatus(model, lines, this.#sites.interlock, this.#messages),
      // Who records on purpose, as the policy allows, has nothing to wait for.
      released: this.#status?.override === 'record',
    });
    this.#toolbar.show(model, tooltip, reminders.length > 0);
    this.#notifier.show(model, words, reminders);
    this.#popups.tell();
    const hostUnheard = this.#restored && this.#sites.policy === null && this.#port.state !== 'ready';
    this.#watch.set(model.needed || hostUnheard);
    // Another browser's mute is shown as well, and must not stand when nobody renews it.
    this.#liveness.set((model.needed || model.view === 'muted') && this.#port.state === 'ready');
    this.#idle.set(!this.#isInUse() && this.#port.state !== 'idle');
  }

  #isInUse() {
    // Without a policy only the host can tell when there is one: the mended configuration is waited for.
    return this.#sites.policy === null || this.#pages.count > 0 || this.#popups.count > 0 ||
      this.#surfaces.count > 0 || this.#override.muteWished || this.#port.pending > 0 ||
      (this.#status !== null && this.#status.state !== 'recording');
  }

  get #now() {
    const [status, port, surfaces] = [this.#status, this.#port, this.#surfaces];
    return { status, port, surfaces, override: this.#override, sites: this.#sites };
  }

  #model() {
    return modelOf(knownOf(this.#now));
  }

  #snapshot() {
    return snapshotOf({ ...this.#now, model: this.#model(), version: this.#version });
  }
}
