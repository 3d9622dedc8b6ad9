// The elements that a person may type a card into, or that contain such a field.

import { FRAMES } from '../dom/frames.js';

export const FIELD_ELEMENTS = `input,select,textarea,${FRAMES},[contenteditable],[role=textbox],`
  + '[role=combobox],[autocomplete*="cc-"]';
