// Connects the parts of the background. After each message of a page, the popup or the host, it derives the
// model (common/view.js) again and shows it in pages, icon, notifications and popup.

import { PAGE_PORT } from '../common/page-messages.js';
import { PICKER_PORT } from '../common/picker-messages.js';
import { POPUP_PORT } from '../common/popup-messages.js';
import { HOST_NAME } from '../common/protocol.js';
import { modelOf } from '../common/view.js';
import { ContentPorts } from './pages/content-ports.js';
import { Surfaces } from './host/declared-surfaces.js';
import { BannerWatch } from './pages/banner-watch.js';
import { OverlayLedger } from './host/overlay-ledger.js';
import { Corrector } from './policy/corrector.js';
import { Display } from './ui/display.js';
import { EarlyMute } from './pages/early-mute.js';
import { IdleTimer } from './idle-timer.js';
import { OwnClient } from './host/own-client.js';
import { FrameInjector, injectionsFor } from './pages/injection.js';
import { knownOf } from './known-of.js';
import { Liveness } from './host/liveness.js';
import { listenForMuteKey } from './host/mute-key.js';
import { NativePort } from './host/native-port.js';
import { Override } from './host/override.js';
import { loadMuteByHand, saveMuteByHand } from './policy/policy-cache.js';
import { PickerPorts } from './ui/picker-ports.js';
import { PopupPorts } from './ui/popup-ports.js';
import { Sites } from './policy/sites.js';
import { Showing } from './ui/showing.js';
import { snapshotOf } from './ui/snapshot-of.js';
import { TabGuard } from './pages/tab-guard.js';
import { WakeAlarm } from './wake-alarm.js';
import { WayOut } from './pages/way-out.js';
import { whyOf } from './pages/why.js';
import { pageGreeting } from './ui/wording.js';

// How long an unneeded host stays connected, so that the next page does not have to start another.
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
  #corrections;
  #corrector;
  #display;
  #showing;
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
    const sites = this.#sites = new Sites(api, clock.after, () => this.#sitesChanged());
    this.#client = new OwnClient({ api, browser, locale: messages.lang, isReady, request, sites });
    this.#surfaces = new Surfaces({ isReady, now: clock.now, onChange, request });
    this.#override = new Override({ isReady, request, onChange, save: (it) => saveMuteByHand(api, it) });
    this.#early = new EarlyMute(api, clock, this.#surfaces, () => this.#sites.policy?.premute === true);
    this.#overlays = new OverlayLedger(request, onChange);
    this.#banners = new BannerWatch({
      after: clock.after, onChange, report: (surface, event) => this.#overlays.problem(surface, event),
    });
    this.#wayOut = new WayOut(clock.after, onChange);
    this.#frames = new FrameInjector(api, clock);
    this.#pages = new ContentPorts(this.#pageParts());
    const { detection, forms } = this.#pages;
    this.#corrector = new Corrector({
      api, request, forms, override: this.#override, onPointing: onChange,
      policy: () => this.#sites.policy?.agent_may_correct, onChange: () => this.#sitesChanged(),
    });
    this.#corrections = this.#corrector.corrections;
    this.#pickers = new PickerPorts(api.runtime.id, messages, detection, this.#corrector.picking);
    this.#popups = new PopupPorts({
      ownPages: api.runtime.getURL('popup/'), snapshot: (tabId) => this.#snapshot(tabId),
      onOpened: () => this.#needed(), onGone: this.#gone, onRetry: () => this.#port.open(),
      onContinue: () => this.#pages.goOnEverywhere(), corrector: this.#corrector,
      onOverride: (mode) => this.#override.set(mode), why: whyOf(api, forms), request,
    });
    this.#guard = new TabGuard({
      api, clock, sites, onChange, onUnknown: () => this.#needed(),
      hasPage: (tabId) => this.#pages.hasTopFrame(tabId),
    });
    const display = this.#display = new Display(api, clock);
    this.#showing = new Showing({ after: clock.after, onDue: onChange, display, sites, messages,
      pages: this.#pages, popups: this.#popups });
    this.#wakeAlarm = new WakeAlarm(api, () => this.#port.open());
    this.#idle = new IdleTimer(clock, IDLE_CLOSE_ms, () => this.#port.close());
    this.#liveness = new Liveness(clock, () => { request('status').catch(() => {}); },
      () => this.#port.abandon());
  }

  /** @type {NativePort['request']} */
  #request = (type, fields) => this.#port.request(type, fields);

  /** To be called when a page or a popup has gone, or when a page needs its status again. */
  #gone = () => {
    // Chromium sets lastError when a page enters the back-forward cache, and logs an error if it is not read.
    void this.#api.runtime.lastError;
    this.#changed();
  };

  /** @returns {import('./pages/content-ports.js').Parts} */
  #pageParts() {
    const api = this.#api;
    return {
      surfaces: this.#surfaces, early: this.#early, banners: this.#banners, tabs: api.tabs,
      ownId: api.runtime.id, after: this.#clock.after,
      greeting: (origin) => pageGreeting(this.#sites, this.#corrections, origin, this.#messages),
      isOurSite: (address) => this.#sites.includes(address),
      isWholeSite: (origin) => this.#sites.includesWhole(origin),
      onPage: (tabId) => { this.#guard.seen(tabId); this.#needed(); },
      onGone: this.#gone, onFrames: (tabId) => this.#frames.request(tabId),
      ...injectionsFor(api),
      mayGreet: () => this.#corrections.isRestored && (this.#restored || this.#sites.policy !== null),
      onContinue: (surfaces, seen) => this.#overlays.continued(surfaces, seen),
      wantsBanner: () => this.#sites.interlock !== 'off',
      onDescribed: (origin, form) => this.#corrections.add({ direction: 'unmute', origin, ...form }),
      // A report without a connected host is lost. That is no harm, because it only increases a counter.
      onRule: (origin, event, rule) =>
        void this.#request('rule.report', { origin, event, rule }).catch(() => {}),
    };
  }

  /**
   * Adds the listeners whose events start a worker. Must be called in the worker's first turn of the event
   * loop.
   */
  listen() {
    const { runtime } = this.#api;
    // Runs when the browser starts, so that new sites in the policy are known before they are visited.
    const begin = () => { this.#needed(); this.#sites.apply(); };
    // Added first: if Firefox is killed soon after the installation, it may have stored only the first
    // listeners. When Firefox starts, it starts the background only if it has stored this listener.
    runtime.onStartup.addListener(begin);
    runtime.onConnect.addListener((port) => {
      if (port.name === PAGE_PORT) this.#pages.accept(port);
      if (port.name === POPUP_PORT) this.#popups.accept(port);
      if (port.name === PICKER_PORT) this.#pickers.accept(port);
    });
    runtime.onInstalled.addListener(() => { begin(); this.#client.installed(); });
    listenForMuteKey(this.#api, this.#override, () => this.#needed());
    this.#sites.listen();
    this.#guard.listen();
    this.#wakeAlarm.start();
  }

  /**
   * Reads what earlier workers have stored, and greets the pages. Then reads managed storage and checks the
   * active tabs.
   */
  async restore() {
    const muteByHand = loadMuteByHand(this.#api).catch(() => false).then((isMuted) => {
      this.#override.restore(isMuted);
      if (this.#override.muteByHand) this.#needed();
    });
    // In parallel, so that a mute by hand is requested again as soon as it is read. A failed read is ignored.
    await Promise.allSettled([muteByHand, this.#sites.restore(), this.#early.restore(),
      this.#display.restore(), this.#client.restore(), this.#corrections.restore()]);
    this.#restored = true;
    this.#pages.greetAll();
    if (this.#sites.policy === null) this.#needed();
    else this.#changed();
    // Read last, because it may take long: the browser may have to fetch managed storage first.
    await this.#sites.readManaged();
    await this.#guard.lookAtFront();
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
      this.#corrections.repeat();
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
      // The unreadable message may have been a status, so a status is requested. If it has an ID, it was a
      // reply. Then nothing is requested, because the next reply could be unreadable too.
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
    this.#client.sitesChanged();
    this.#pages.recheck();
    this.#pages.greetAll();
    if (this.#restored) this.#guard.lookAtFront();
    this.#changed();
  }

  #changed() {
    this.#corrector.review();
    const model = this.#model();
    const records = this.#status?.override === 'record'; // if so, the agent need not wait for a mute
    this.#pages.review(model.view === 'muted');
    const waits = this.#sites.interlock === 'block' && model.view !== 'muted' && !records;
    this.#wayOut.review(waits && this.#pages.isAnyWaiting, this.#sites.interlock_timeout_ms);
    this.#showing.show(model, records);
    this.#wakeAlarm.set(model.needed || this.#isUnsettled());
    // Also while only another browser needs the mute: if the host hung, the view would stay "muted".
    this.#liveness.set((model.needed || model.view === 'muted') && this.#port.state === 'ready');
    this.#idle.set(!this.#isInUse() && this.#port.state !== 'idle');
  }

  /** Whether this worker still has to read its storage, learn the policy, or register the scripts. */
  #isUnsettled() {
    // If the administrator forbids the host, the alarm would start the worker in vain. Only a page or a
    // person makes it try again.
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
    const [banners, { blocked }, { unseen }] = [this.#banners, this.#guard, this.#pages];
    const pages = { banners, blocked, unseenFrames: unseen.hosts };
    return { status: this.#status, port: this.#port, surfaces, override, sites, ...pages };
  }

  #model = () => modelOf(knownOf(this.#now));

  /** @param {number|null} tabId the tab over which the popup is open; null: not known yet */
  #snapshot(tabId) {
    const [model, correctable] = [this.#model(), this.#corrector.offeredIn(tabId)];
    const [{ isOffered: mayGoOn }, { version }] = [this.#wayOut, this.#client];
    return snapshotOf({ ...this.#now, model, mayGoOn, version, correctable });
  }
}
