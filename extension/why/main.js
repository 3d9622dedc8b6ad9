// The entry point of the bundle that says which words decided. The background injects it when a person asks
// in the popup. The value of `lines()` is the injected script's result.

import { formsHere } from './forms.js';
import { linesOf } from './lines.js';

/** @returns {string[]} what decided about the forms of this frame */
export const lines = () => linesOf(formsHere());
