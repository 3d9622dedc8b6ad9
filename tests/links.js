// Links and headings of Markdown text, as GitHub reads them.

/** @param {string} markdown */
const withoutBlocks = (markdown) => markdown.replace(/^```[^]*?^```$/gm, '');
/** Inline code holds no links, so its brackets are removed. @param {string} markdown */
const withoutCode = (markdown) =>
  withoutBlocks(markdown).replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '));

/**
 * The links and images of a text, including an image within a link, except those in code.
 * @param {string} markdown
 * @returns {{text: string, target: string}[]}
 */
export const linksIn = (markdown) => [...withoutCode(markdown).matchAll(/\[([^\][]*)\]\(([^)\s]+)\)/g)]
  .map(([, text, target]) => ({ text, target }));

/** The anchors of the headings, without the "#". @param {string} markdown */
export const anchorsIn = (markdown) => [...withoutBlocks(markdown).matchAll(/^#+ (.*)$/gm)]
  .map(([, words]) => words.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-'));
