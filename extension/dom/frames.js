// The elements that show another document.

import { attribute, callNative, isA, nativeProperty } from './shadow.js';

export const FRAMES = 'iframe,frame,object[data],embed[src]';

/** An <object> or <embed> with such a type, or such an end of its address, shows no document with fields. */
const NO_DOCUMENT = /^(image|audio|video|application\/pdf)|\.(pdf|svg|png|jpe?g|gif|webp)$/i;

/** @param {Element} frame @returns {string} */
export const addressOf = (frame) => nativeProperty(frame, isA(frame, 'object') ? 'data' : 'src');

/** @param {Element} element @returns {boolean} */
export const isFrame = (element) => callNative(element, 'matches', FRAMES) && (/frame/.test(element.localName)
  || !NO_DOCUMENT.test(`${attribute(element, 'type')} ${addressOf(element).split(/[?#]/)[0]}`));
