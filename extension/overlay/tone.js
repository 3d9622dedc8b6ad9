// Plays a short tone when the banner says NOT MUTED, if policy.alert_sound is on. There is no tone for
// "muted", so an agent who hears nothing has to look at the banner.

/** Two beeps: short enough not to cover what the customer says, and unlike a browser's own sounds. */
const BEEP_ms = 120;
const STARTS_ms = [0, 180];
const PITCH_hz = 660;
const LOUDNESS = 0.2;

/** How long to wait until the browser can play a sound. A later tone would seem to mean something else. */
const START_ms = 500;

/**
 * Whether the page may play a sound: browsers keep a page silent until somebody has clicked or typed in it.
 * In Firefox a new context is always "suspended" at first, and "running" a moment later.
 * @param {AudioContext} context @returns {Promise<boolean>}
 */
const isRunning = (context) => new Promise((resolve) => {
  const look = () => { if (context.state === 'running') resolve(true); };
  context.onstatechange = look;
  setTimeout(() => resolve(false), START_ms);
  look();
});

async function play() {
  const context = new AudioContext();
  if (await isRunning(context)) {
    await Promise.all(STARTS_ms.map((start_ms) => new Promise((done) => {
      const [oscillator, gain] = [context.createOscillator(), context.createGain()];
      oscillator.frequency.setValueAtTime(PITCH_hz, 0);
      gain.gain.setValueAtTime(LOUDNESS, 0);
      oscillator.connect(gain).connect(context.destination);
      oscillator.onended = done;
      const start_s = context.currentTime + start_ms / 1000;
      oscillator.start(start_s);
      oscillator.stop(start_s + BEEP_ms / 1000);
    })));
  }
  await context.close();
}

export class Tone {
  /**
   * Whether the next NOT MUTED plays the tone. If NOT MUTED comes and goes while a mute is retried, the tone
   * is played only once.
   */
  #isArmed = true;

  /**
   * @param {import('../common/background-messages.js').View | null} view what the banner shows; null: none
   * @param {boolean} isWanted by the policy
   */
  shown(view, isWanted) {
    if (view === null || view === 'muted') this.#isArmed = true;
    if (view !== 'unprotected' || !this.#isArmed) return;
    this.#isArmed = false;
    if (isWanted) play().catch(() => {}); // without a sound card the banner still says it
  }
}
