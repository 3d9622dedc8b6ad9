// Runs the content script in a page for which the administrator has rules.

import { rulesFor } from '../../../extension/common/rules.js';
import { settle } from './browser.js';
import { HELLO, said, tell, visit } from './visit.js';

/** After this time rules.js has looked again. It rests between two looks, and looks in an animation frame. */
export const look_ms = 100;

export const CRM = 'https://crm.example.com/*';

/** @param {object} changes @returns {any} a rule as the host sends it */
export const rule = (changes) => ({
  name: 'Pay dialog', match: [CRM], open: [], close: [], approved: [], declined: [], ignore_all: false,
  ignore: [], ...changes,
});

let injections = 0;

/** Injects rules.js. */
export async function bringRules() {
  injections += 1;
  await import(`../../../extension/rules/main.js?${injections}`);
  await settle();
}

/** @param {object[]} rules @returns {object} the background's hello to a page */
export const greeting = (rules) =>
  ({ ...HELLO, rules: rulesFor(/** @type {any} */ (rules.map(rule)), location.origin) });

/**
 * @param {string} html
 * @param {object[]} rules
 * @param {string} [url]
 */
export async function visitWithRules(html, rules, url) {
  const page = await visit(html, url);
  tell(greeting(rules));
  await bringRules();
  return page;
}

/** The events of rules that were reported, without the messages' type. */
export const reports = () => said('rule').map(({ event, rule: name }) => [event, name]);

/** The reasons of the surfaces that are open according to the messages sent. */
export function openNow() {
  const open = new Map(said('surface.open').map(({ surface, reason }) => [surface, reason]));
  for (const { surface } of said('surface.close')) open.delete(surface);
  return [...open.values()];
}
