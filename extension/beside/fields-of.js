// Which elements wait for the mute. Used by main.js.

import { allIn, ownOf } from '../content/shadow.js';

/** What is typed in, and frames that may hold such. */
const TYPED_IN = 'iframe,select,textarea,[contenteditable],[role=textbox],[role=combobox],'
  + 'input:not([type=hidden],[type=button],[type=submit],[type=reset],[type=image],[type=checkbox],'
  + '[type=radio])';

/** A rule may name a whole page. */
const most_fields = 64;

/**
 * The eye finds fields. A rule of the administrator names what it likes, a dialog for example: there it is
 * the fields that wait, and not the button that closes it.
 * @param {import('../content/groups.js').Group[]} groups
 * @returns {Element[]}
 */
export const fieldsOf = (groups) => groups.flatMap(({ shown }) => shown)
  .filter((element) => element.isConnected)
  .flatMap((element) => ownOf(element, 'matches').call(element, TYPED_IN)
    ? [element] : [...allIn(element, TYPED_IN)].slice(0, most_fields));
