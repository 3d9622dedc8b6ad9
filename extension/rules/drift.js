// Notices in one document when the administrator's rules and the page part ways: a rule that never holds, and
// a payment form that the eye sees and no rule does. Facts about rules only, nothing of the page.
// Used by rules-engine.js.

/** @param {(event: string, rule?: string) => void} report to the background */
export function createDrift(report) {
  /** @type {Set<string>} */
  const said = new Set();
  /** @type {Set<string>} rules with `open` that have covered this document */
  const covered = new Set();
  /** @type {Set<string>} of these the ones whose `open` has held */
  const matched = new Set();
  /** While the eye sees a form: the rules that cover it, and whether the `open` of any has held. */
  let form = { seen: false, covering: new Set(), held: false };

  /** @param {string} event @param {string} [rule] */
  function once(event, rule) {
    const key = `${event} ${rule ?? ''}`;
    if (said.has(key)) return;
    said.add(key);
    report(event, rule);
  }

  // Only when the form goes: it may be drawn before the page has reached the route, or the rule's element.
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
     * After each look.
     * @param {boolean} eyeSees a payment form, by itself
     * @param {{name: string, open: boolean}[]} covering the rules with `open` that cover the address now
     */
    looked(eyeSees, covering) {
      for (const { name, open } of covering) {
        covered.add(name);
        if (!open) continue;
        matched.add(name);
        once('matched', name);
      }
      if (!eyeSees) {
        formHasGone();
        return;
      }
      form.seen = true;
      for (const { name, open } of covering) {
        form.covering.add(name);
        form.held ||= open;
      }
    },

    /** The document goes away. */
    stop() {
      formHasGone();
      for (const name of covered) if (!matched.has(name)) once('passed', name);
    },
  };
}
