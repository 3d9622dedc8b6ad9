// Watches the document for payment forms that appear, change and disappear. It examines only what was added
// or changed, never the whole page again. A form that appears is examined in the microtask of the mutation,
// because the mute waits for it; everything else is done once per animation frame.

import { createDiscovery } from './discovery.js';
import { oncePerFrameFollowing } from '../dom/frame-scheduler.js';
import { guarded } from '../dom/guarded.js';
import { createRootFinder } from '../dom/shadow-roots.js';
import { isElement, rootAround } from '../dom/shadow.js';
import { createVisibilityObserver } from '../dom/visibility-observer.js';
import { createDetector } from './detector-loader.js';
import { createGroups } from './groups.js';
import { createJoinedFields } from './joined-fields.js';
import { createLook } from './look.js';
import { createPageDeclaration } from './page-declaration.js';
import { createMutationReader, OBSERVED } from './mutation-reader.js';
import { createPageListener } from './page-listener.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {ReturnType<import('../rules/main.js').make>} Rules
 */

/**
 * In how many more animation frames to look after a movement begins: a form that fades in is transparent at
 * first.
 */
const followed_frames = 2;

/**
 * @typedef {object} Listener
 * @property {(group: Group, reason: string) => void} seen a payment form is visible
 * @property {(group: Group, reason: string) => void} gone a payment form is no longer visible
 * @property {(groups: Group[]) => void} looked a look has determined which fields of these groups are visible
 * @property {() => void} changed something in the page has changed; the banner may have to move
 * @property {() => void} detector the detector is needed here
 * @property {(frame: Element) => void} frame a frame has loaded
 * @property {(kinds: string[]) => void} fields this frame shows fields of other kinds than before
 * @property {(event: Event) => void} toggle a popover, a dialog or a <details> was opened or closed
 * @property {() => Rules | null} rules the administrator's rules, if they are active
 * @property {() => boolean} awaitsRules whether new forms wait for the rules, which may exclude them
 * @property {() => void} replaced `document.open` has removed all listeners
 * @property {(node: Node) => boolean} isOurs whether a node is our element in the page
 */

/**
 * Asks for a look after each event of the page that requires one.
 * @param {Listener} on
 * @param {ReturnType<typeof createGroups>} groups
 * @param {ReturnType<typeof createDiscovery>} discovery
 * @param {ReturnType<typeof oncePerFrameFollowing>} frame
 * @param {ReturnType<typeof createRootFinder>} roots
 */
const listenFor = (on, groups, discovery, frame, roots) => createPageListener({
  frame: on.frame, script: roots.revisit, toggle: on.toggle, change: frame.ask,
  movement(begins) {
    if (groups.possible().length > 0) (begins ? frame.follow : frame.ask)();
  },
  focus(target) {
    frame.ask();
    if (isElement(target)) {
      // The element may have a shadow root that was attached unnoticed, and the words next to its fields may
      // have changed.
      roots.search(target, true);
      discovery.discover(rootAround(target));
    }
  },
  loaded() {
    roots.revisit();
    roots.search(document);
    frame.ask();
  },
});

/** @param {Listener} on */
export function createWatcher(on) {
  const detector = createDetector(on.detector);
  const joined = createJoinedFields(on.fields, () => groups.changed() && looking.soon());
  const groups = createGroups(detector, joined);
  const discovery = createDiscovery(groups, on.frame);
  const frame = oncePerFrameFollowing(() => looking.look(), followed_frames);
  const visibility = createVisibilityObserver(frame.ask, frame.follow);
  const declaration = createPageDeclaration(() => looking.soon());
  const looking = createLook(groups, { joined, declaration, ...on }, on, frame.ask,
    (fields) => visibility.observe(fields, groups.lineage()));
  const roots = createRootFinder(addRoot);
  const listener = listenFor(on, groups, discovery, frame, roots);
  const read = createMutationReader(groups, discovery, on.isOurs, onAdded);
  const mutations = new MutationObserver((records) => looking.after(read(records)));

  /** @param {Document | ShadowRoot} root */
  function addRoot(root) {
    mutations.observe(root, OBSERVED);
    listen(root);
    if (discovery.discover(root)) looking.soon();
  }

  /** @param {Document | ShadowRoot} root */
  function listen(root) {
    listener.root(root);
    declaration.listen(root);
    on.rules()?.root(root);
  }

  /** @param {Element} node @param {Node} into */
  function onAdded(node, into) {
    if (into === document) {
      listen(document);
      listener.page();
      on.replaced();
    }
    roots.search(node);
  }

  return {
    look: frame.ask,
    lookNow: () => looking.look(),
    hear: joined.hear,
    portIsUp: () => [detector, joined, discovery].forEach((part) => part.portIsUp()),
    start() {
      detector.start((fields) => {
        if (groups.considerAll(fields)) looking.soon();
      });
      listener.page();
      guarded(() => addRoot(document));
      roots.search(document);
    },
    stop() {
      mutations.disconnect();
      for (const part of [detector, declaration, listener, looking, visibility, roots]) part.stop();
      frame.cancel();
    },
  };
}
