// Connects the background's parts. Messages of pages, popup and host come in here. After each change the
// model of view.js is derived again and shown in pages, icon, notifications and popup.

import { PAGE_PORT } from '../common/page-messages.js';
import { PICKER_PORT } from '../common/picker-messages.js';
import { POPUP_PORT } from '../common/popup-messages.js';
import { HOST_NAME } from '../common/protocol.js';
import { modelOf } from '../common/view.js';
import { ContentPorts } from './pages/content-ports.js';
import { Surfaces } from './host/declared-surfaces.js';
import { BannerWatch } from './pages/banner-watch.js';
import { OverlayLedger } from './host/overlay-ledger.js';
import { EarlyMute } from './pages/early-mute.js';
import { IdleTimer } from './idle-timer.js';
import { OwnClient } from './host/own-client.js';
import { FrameInjector, injectDetector, injectOverlay, injectRules } from './pages/injection.js';
import { knownOf } from './known-of.js';
import { Liveness } from './host/liveness.js';
import { NativePort } from './host/native-port.js';
import { Notifier } from './ui/notifier.js';
import { Override } from './host/override.js';
import { loadMuteByHand, saveMuteByHand } from './policy/policy-cache.js';
import { PickerPorts } from './ui/picker-ports.js';
import { PopupPorts } from './ui/popup-ports.js';
import { Sites } from './policy/sites.js';
import { SetupAlerts } from './ui/setup-alerts.js';
import { snapshotOf } from './ui/snapshot-of.js';
import { TabGuard } from './pages/tab-guard.js';
import { Toolbar } from './ui/toolbar.js';
import { WakeAlarm } from './wake-alarm.js';
import { WayOut } from './pages/way-out.js';
import { pageGreeting, pageStatus, setupAlertsOf, wordingOf } from './ui/wording.js';

// How long a host that nobody needs stays connected, so that the next page need not start another.
export const IDLE_CLOSE_ms = 10_000;

/**
 * @typedef {typeof import('../common/api.js').api} Api
 * @typedef {import('../common/protocol.js').HostStatus} HostStatus
 * @typedef {import('../common/messages.js').Messages} Messages
 * @typedef {import('./host/native-port.js').Clock} Clock
 */

export class Coordinator {
  #api;
  #clock;
  #messages;
  /** @type {OwnClient} */
  #client;
  /** @type {HostStatus|null} null: unknown, or possibly out of date */
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
  #setupAlerts;
  #guard;
  #early;
  #overlays;
  #banners;
  #frames;
  #wayOut;
  #wakeAlarm;
  #idle;
  #liveness;

  /** @param {Api} api @param {Clock} clock @param {Messages} messages @param {string} browser */
  constructor(api, clock, messages, browser) {
    this.#api = api;
    this.#clock = clock;
    this.#messages = messages;
    const onChange = () => this.#changed();
    const isReady = () => this.#port.state === 'ready';
    this.#port = new NativePort({
      connect: () => api.runtime.connectNative(HOST_NAME),
      // Firefox puts the reason on the port, Chromium in lastError.
      whyClosed: (closed) => closed?.error?.message ?? api.runtime.lastError?.message ?? '',
      client: () => this.#client.describe(),
      clock, onChange: () => this.#connectionChanged(), onMessage: (message) => this.#heardHost(message),
    });
    const request = this.#request;
    this.#client = new OwnClient({ api, browser, locale: messages.lang, isReady, request });
    this.#sites = new Sites(api, () => this.#sitesChanged());
    this.#surfaces = new Surfaces({ isReady, now: clock.now, onChange, request });
    const save = (/** @type {boolean} */ muteByHand) => saveMuteByHand(api, muteByHand);
    this.#override = new Override({ isReady, request, onChange, save });
    this.#early = new EarlyMute(api, clock, this.#surfaces, () => this.#sites.policy?.premute === true);
    this.#overlays = new OverlayLedger(request, onChange);
    this.#banners = new BannerWatch({
      after: clock.after, onChange, report: (surface, event) => this.#overlays.problem(surface, event),
    });
    this.#wayOut = new WayOut(clock.after, onChange);
    this.#frames = new FrameInjector(api, clock);
    this.#pages = new ContentPorts(this.#pageParts());
    this.#pickers = new PickerPorts(api.runtime.id, messages, this.#pages.detection);
    this.#popups = new PopupPorts({
      ownPages: api.runtime.getURL('popup/'), snapshot: () => this.#snapshot(),
      onOpened: () => this.#needed(), onGone: this.#gone, onRetry: () => this.#port.open(),
      onContinue: () => this.#pages.goOnEverywhere(), onOverride: (mode) => this.#override.set(mode),
    });
    this.#guard = new TabGuard({
      api, clock, sites: this.#sites, hasPage: (tabId) => this.#pages.hasTopFrame(tabId),
      onUnknown: () => this.#needed(), onChange,
    });
    this.#toolbar = new Toolbar(api, clock);
    this.#notifier = new Notifier(api);
    this.#setupAlerts = new SetupAlerts(api);
    this.#wakeAlarm = new WakeAlarm(api, () => this.#port.open());
    this.#idle = new IdleTimer(clock, IDLE_CLOSE_ms, () => this.#port.close());
    const ask = () => { request('status').catch(() => {}); };
    this.#liveness = new Liveness(clock, ask, () => this.#port.abandon());
  }

  /** @type {NativePort['request']} */
  #request = (type, fields) => this.#port.request(type, fields);

  /** A page or a popup has gone, or a page needs its status again. */
  #gone = () => {
    // Chromium sets it when a page enters the back-forward cache, and logs an error if it is not read.
    void this.#api.runtime.lastError;
    this.#changed();
  };

  /** @returns {import('./pages/content-ports.js').Parts} */
  #pageParts() {
    const api = this.#api;
    return {
      surfaces: this.#surfaces, early: this.#early, banners: this.#banners,
      ownId: api.runtime.id, tabs: api.tabs,
      greeting: (origin) => pageGreeting(this.#sites, origin, this.#messages),
      isOurSite: (address) => this.#sites.includes(address),
      onPage: (tabId) => {
        this.#guard.seen(tabId);
        this.#needed();
      },
      onGone: this.#gone,
      onFrames: (tabId) => this.#frames.request(tabId),
      onDetector: (tab, frame) => injectDetector(api, tab, frame),
      onOverlay: (tab, frame) => injectOverlay(api, tab, frame),
      mayGreet: () => this.#restored || this.#sites.policy !== null,
      onContinue: (surfaces, seen) => this.#overlays.continued(surfaces, seen),
      wantsBanner: () => this.#sites.interlock !== 'off',
      onRules: (tabId, frameId) => { injectRules(api, tabId, frameId); },
      // Only a counter: without a host the report is lost.
      onRule: (origin, event, rule) => {
        this.#request('rule.report', { origin, event, rule }).catch(() => {});
      },
      after: this.#clock.after,
    };
  }

  /** Adds the listeners that start a worker. Must run in the worker's first turn of the event loop. */
  listen() {
    const { runtime, permissions } = this.#api;
    runtime.onConnect.addListener((port) => {
      if (port.name === PAGE_PORT) this.#pages.accept(port);
      if (port.name === POPUP_PORT) this.#popups.accept(port);
      if (port.name === PICKER_PORT) this.#pickers.accept(port);
    });
    // Connects to the host at each start of the browser, so that new sites are known before a visit.
    const begin = () => {
      this.#needed();
      this.#sites.apply();
    };
    runtime.onInstalled.addListener(() => {
      begin();
      this.#client.installed();
    });
    runtime.onStartup.addListener(begin);
    permissions.onAdded.addListener(() => this.#sites.look());
    permissions.onRemoved.addListener(() => this.#sites.look());
    this.#sites.listen();
    this.#guard.listen();
    // Set at once: if this worker is ended while it starts, the alarm starts another.
    this.#wakeAlarm.set(true);
  }

  /** Reads what earlier workers have stored. */
  async restore() {
    // In parallel, so that a mute by hand is requested again as soon as it is read. A failed read is ignored.
    await Promise.allSettled([this.#restoreMuteByHand(), this.#sites.restore(), this.#early.restore(),
      this.#setupAlerts.restore(), this.#client.restore()]);
    this.#restored = true;
    this.#pages.greetAll();
    if (this.#sites.policy === null) this.#needed();
    else this.#changed();
    // Last: the browser may have to fetch managed storage first.
    await this.#sites.readManaged();
    await this.#guard.lookAtFront();
  }

  async #restoreMuteByHand() {
    this.#override.restore(await loadMuteByHand(this.#api).catch(() => false));
    if (this.#override.muteByHand) this.#needed();
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
      this.#overlays.repeat();
      this.#override.repeat();
      this.#client.connected();
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
      // The unreadable message may have been a bad status, so ask for the status. Not if it was a reply: the
      // requests would never end.
      this.#status = null;
      if (message.id === null) this.#port.request('status').catch(() => {});
    } else {
      this.#status = message.status ?? this.#status;
      if (message.policy !== null) this.#sites.learn(message.policy);
      if (message.status !== null) this.#override.heard(message.status.override);
      if (message.status !== null) this.#messages.nameProvider(message.status.provider);
    }
    this.#changed();
  }

  #sitesChanged() {
    this.#pages.recheck();
    this.#pages.greetAll();
    if (this.#restored) this.#guard.lookAtFront();
    this.#changed();
  }

  /** Shows the model everywhere, in pages first, because an agent may be waiting there. */
  #changed() {
    const [model, messages] = [this.#model(), this.#messages];
    const { words, reminders, tooltip, lines } = wordingOf(model, messages);
    // An agent who has chosen to record need not wait for a mute.
    const records = this.#status?.override === 'record';
    const status = pageStatus(model, lines, this.#sites.interlock, messages);
    this.#pages.tell({ ...status, released: records });
    const waits = this.#sites.interlock === 'block' && model.view !== 'muted' && !records;
    this.#wayOut.review(waits && this.#pages.waitingTabs.length > 0, this.#sites.interlock_timeout_ms);
    this.#toolbar.show(model, tooltip, reminders.length > 0);
    this.#notifier.show(model, words, reminders);
    this.#popups.tell();
    if (this.#sites.managedIsRead) this.#setupAlerts.show(setupAlertsOf(model, this.#sites.known, messages));
    this.#wakeAlarm.set(model.needed || this.#isUnsettled());
    // Also while another browser's mute is shown: a host that hangs would leave it on display.
    this.#liveness.set((model.needed || model.view === 'muted') && this.#port.state === 'ready');
    this.#idle.set(!this.#isInUse() && this.#port.state !== 'idle');
  }

  /** Whether this worker has yet to read its storage, to learn the policy or to register the scripts. */
  #isUnsettled() {
    // A host that the administrator forbids is not tried again by the alarm, only by a page or a person.
    const hostUnheard = this.#sites.policy === null && this.#port.state !== 'ready' &&
      this.#port.problem?.code !== 'host_blocked';
    return !this.#restored || hostUnheard || this.#sites.applying;
  }

  #isInUse() {
    // Without a policy the connection stays: the host sends one when its configuration is corrected.
    return this.#sites.policy === null || this.#pages.count > 0 || this.#popups.count > 0 ||
      this.#surfaces.count > 0 || this.#override.muteByHand || this.#port.pending > 0 ||
      (this.#status !== null && this.#status.state !== 'recording');
  }

  get #now() {
    const [surfaces, override, sites] = [this.#surfaces, this.#override, this.#sites];
    const [banners, { blocked }] = [this.#banners, this.#guard];
    return { status: this.#status, port: this.#port, surfaces, override, sites, banners, blocked };
  }

  #model() {
    return modelOf(knownOf(this.#now));
  }

  #snapshot() {
    const mayGoOn = this.#wayOut.isOffered;
    return snapshotOf({ ...this.#now, model: this.#model(), mayGoOn, version: this.#client.version });
  }
}
