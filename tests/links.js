// Links and headings of Markdown text, as GitHub reads them.

/** @param {string} markdown */
const withoutBlocks = (markdown) => markdown.replace(/^```[^]*?^```$/gm, '');
/** Code within a line has no links. @param {string} markdown */
const withoutCode = (markdown) =>
  withoutBlocks(markdown).replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '));

/**
 * Links and images, also an image within a link; not those in code.
 * @param {string} markdown
 * @returns {{text: string, target: string}[]}
 */
export const linksIn = (markdown) => [...withoutCode(markdown).matchAll(/\[([^\][]*)\]\(([^)\s]+)\)/g)]
  .map(([, text, target]) => ({ text, target }));

/** The anchors (without #) of a paper's headings. @param {string} markdown */
export const anchorsIn = (markdown) => [...withoutBlocks(markdown).matchAll(/^#+ (.*)$/gm)]
  .map(([, words]) => words.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-'));
