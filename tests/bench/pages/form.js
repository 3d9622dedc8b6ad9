// Inserts payment forms for the benchmark, and measures when the banner turns green.

// Longer than the 250 ms within which a new form counts as the previous one, and the banner stays green.
const AFTER_A_FORM_ms = 500;
const PATIENCE_ms = 10_000;

const pause = (/** @type {number} */ ms) => new Promise((resolve) => {
  setTimeout(resolve, ms);
});

function makeForm() {
  const form = document.createElement('form');
  for (const [label, autocomplete] of [['Card', 'cc-number'], ['Valid to', 'cc-exp'], ['CVV', 'cc-csc']]) {
    const input = document.createElement('input');
    input.setAttribute('autocomplete', autocomplete);
    const around = document.createElement('label');
    around.append(label, input);
    form.append(around);
  }
  return form;
}

/** @returns {Promise<number>} milliseconds from the form's insertion to the green banner */
async function openOnce() {
  const form = makeForm();
  const shown = new Promise((resolve, reject) => {
    Object.assign(globalThis, { benchShownAt: null, benchShown: resolve });
    setTimeout(() => reject(new Error('the banner never turned green')), PATIENCE_ms);
  });
  const inserted_at = performance.now();
  Object.assign(globalThis, { benchInsertedAt: inserted_at });
  document.querySelector('main')?.append(form);
  await shown;
  const took_ms = /** @type {any} */ (globalThis).benchShownAt - inserted_at;
  form.remove();
  await pause(AFTER_A_FORM_ms);
  return took_ms;
}

Object.assign(globalThis, {
  /** Adds a button whose click inserts the form and sets benchVisibleAt, in milliseconds since 1970. */
  benchButton() {
    const button = document.createElement('button');
    button.textContent = 'Pay';
    button.addEventListener('click', () => {
      document.querySelector('main')?.append(makeForm());
      Object.assign(globalThis, { benchVisibleAt: performance.timeOrigin + performance.now() });
    });
    document.body.prepend(button);
  },
  benchOpen() {
    document.querySelector('main')?.append(makeForm());
  },
  async benchClose() {
    document.querySelector('form')?.remove();
    await pause(AFTER_A_FORM_ms);
  },
  benchMeasure: openOnce,
});
