// Reads a request's parameters, which both endpoints accept as a query or as a JSON body.
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
