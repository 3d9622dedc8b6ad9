// The elements that may be fields of a payment form, and the attributes that say what they are for.

import { DECLARED } from '../common/marks.js';
import { FIELD_ELEMENTS } from '../detect/field-elements.js';

export const FIELD_SELECTOR = `${FIELD_ELEMENTS},[${DECLARED}]`;

/** When one of these changes, the field is examined again. */
export const FIELD_ATTRIBUTES = ['autocomplete', 'name', 'id', 'placeholder', 'aria-label', 'aria-labelledby',
  'type', 'src', 'data', 'role', 'contenteditable', 'title', 'readonly', 'disabled', DECLARED];
