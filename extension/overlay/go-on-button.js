// The button "Continue anyway". A page must be able neither to press it nor to suppress a person's press.

/**
 * A listener of the page at the window can stop a click before it reaches the button, but not the button's
 * built-in action. So the built-in action is used instead of a click listener: it opens a popover of ours.
 * The popover's event stays inside our shadow root, where the page cannot stop it.
 */
export class GoOnButton {
  element = document.createElement('button');
  /** The popover. It has to be in the same shadow root as the button. Its opening is always cancelled. */
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
      // If no click event has arrived, a pointer over the button means that it was pressed by pointer.
      const byKeyboard = this.#byKeyboard ?? !this.element.matches(':hover');
      this.#byKeyboard = null;
      if (event.isTrusted) onPress(byKeyboard);
    });
  }

  /** To be called for each click of a person on our element, by pointer or keyboard. @param {Event} event */
  clicked(event) {
    this.#byKeyboard = /** @type {MouseEvent} */ (event).detail === 0;
  }
}
