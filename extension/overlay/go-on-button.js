// The button "Continue anyway". A page must not be able to press it, nor to suppress a person's press.

/**
 * The button does not rely on a click listener: a listener of the page at its window can stop the click
 * before it reaches the button. But it cannot stop the built-in action of a button. So the built-in action is
 * to open a popover of ours. The popover's event stays inside our shadow root, where the page cannot stop it.
 */
export class GoOnButton {
  element = document.createElement('button');
  /** The popover. Its opening is always cancelled. It has to be in the same shadow root as the button. */
  target = document.createElement('div');

  /** @type {boolean | null} whether the click came from the keyboard; null: no click event has arrived */
  #byKeyboard = null;

  /** @param {(byKeyboard: boolean) => void} onPress called when a person has pressed the button */
  constructor(onPress) {
    this.element.type = 'button';
    this.target.popover = 'manual';
    this.element.popoverTargetElement = this.target;
    this.target.addEventListener('beforetoggle', (event) => {
      event.preventDefault();
      // If no click event has arrived, the press counts as one by pointer if a pointer is over the button.
      const byKeyboard = this.#byKeyboard ?? !this.element.matches(':hover');
      this.#byKeyboard = null;
      if (event.isTrusted) onPress(byKeyboard);
    });
  }

  /** To be called for a person's click on our element, by pointer or keyboard. @param {Event} event */
  clicked(event) {
    this.#byKeyboard = /** @type {MouseEvent} */ (event).detail === 0;
  }
}
