// Notices in one document that the administrator's rules no longer fit the page: a rule never matches, or the
// detector finds a payment form that no rule covers. A report contains at most the rule's name, nothing of
// the page.

/** @param {(event: string, rule?: string) => void} report to the background */
export function createDrift(report) {
  /** @type {Set<string>} */
  const said = new Set();
  /** @type {Set<string>} the rules with `open` whose `match` has covered an address of this document */
  const covered = new Set();
  /** @type {Set<string>} those of them whose `open` has held at least once */
  const matched = new Set();
  /** `covering`, `held`: while a form is seen, the rules of its address, and whether any `open` has held. */
  let form = { seen: false, covering: new Set(), held: false };

  /** @param {string} event @param {string} [rule] */
  function once(event, rule) {
    const key = `${event} ${rule ?? ''}`;
    if (said.has(key)) return;
    said.add(key);
    report(event, rule);
  }

  // Reported only now, because a page may show a form before its address changes or a rule's element appears.
  function formHasGone() {
    if (form.seen && !form.held) {
      if (form.covering.size === 0) once('unruled');
      for (const rule of form.covering) once('missed', rule);
    }
    form = { seen: false, covering: new Set(), held: false };
  }

  return {
    once,

    /**
     * To be called after each look at the page.
     * @param {boolean} detected whether the detector has found a payment form
     * @param {{name: string, open: boolean}[]} covering the rules with `open` that cover the address now
     */
    looked(detected, covering) {
      for (const { name, open } of covering) {
        covered.add(name);
        if (!open) continue;
        matched.add(name);
        once('matched', name);
      }
      if (!detected) {
        formHasGone();
        return;
      }
      form.seen = true;
      for (const { name, open } of covering) {
        form.covering.add(name);
        form.held ||= open;
      }
    },

    /** To be called when the document goes away. */
    stop() {
      formHasGone();
      for (const name of covered) if (!matched.has(name)) once('passed', name);
    },
  };
}
