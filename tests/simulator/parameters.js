// Reads a client's parameters: a query or a JSON body, as both endpoints accept them.
import { URLSearchParams } from 'node:url';

/**
 * @typedef {object} Question
 * @property {string} method
 * @property {string} query
 * @property {string} content_type
 * @property {string} body
 */

/**
 * @param {Question} question
 * @returns {Record<string, unknown> | null} null: it is neither a query nor a JSON object
 */
export function readParameters({ method, query, content_type, body }) {
  if (method === 'GET') return Object.fromEntries(new URLSearchParams(query));
  if (method !== 'POST' || !/^application\/json\b/i.test(content_type)) return null;
  try {
    const value = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
