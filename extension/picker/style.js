// The styles of the picker's element, and of everything in its closed shadow root.

/** The style of the picker's element in the page. It overrides all styles of the page. */
export const HOST_STYLE = 'all: initial !important; position: fixed !important; inset: 0 !important;'
  + 'inline-size: auto !important; block-size: auto !important; max-inline-size: none !important;'
  + 'max-block-size: none !important; margin: 0 !important; padding: 0 !important; border: 0 !important;'
  + 'background: none !important; overflow: visible !important; display: block !important;'
  + 'pointer-events: none !important; z-index: 2147483647 !important;';

export const STYLE = `
:host { color-scheme: light dark; }
* { box-sizing: border-box; margin: 0; }
.outline { position: fixed; border: 3px solid #1d4ed8; background: #1d4ed822; border-radius: 3px;
  outline: 2px solid #fff; }
.outline.match { border: 3px dashed #b45309; background: none; }
.name { position: fixed; inset-block-end: 0.5rem; inset-inline: 0; inline-size: fit-content;
  margin-inline: auto; max-inline-size: 90vw; padding: 0.4rem 0.7rem;
  border-radius: 0.375rem; background: #111827; color: #fff;
  font: 14px/1.45 system-ui, sans-serif; text-align: center; overflow-wrap: anywhere; }
.name:empty { display: none; }
.name code { font: 13px monospace; unicode-bidi: isolate; }
.panel { --page: #fff; --text: #111827; --soft: #4b5563; --button: #f3f4f6; --focus: #1d4ed8;
  position: fixed; inset-block-start: 1rem; inset-inline-end: 1rem; inline-size: 26rem; max-inline-size: 92vw;
  max-block-size: 92vh; overflow: auto; padding: 1rem; border: 1px solid var(--soft); border-radius: 0.5rem;
  background: var(--page); color: var(--text); box-shadow: 0 8px 30px #0006; pointer-events: auto;
  font: 14px/1.45 system-ui, sans-serif; }
/* For the case that the panel would cover the outlined element: the panel goes to the other side. */
.panel.moved { inset-inline: 1rem auto; }
@media (prefers-color-scheme: dark) {
  .panel { --page: #1b1f27; --text: #f3f4f6; --soft: #b6bdc9; --button: #2b313c; --focus: #93c5fd; }
}
h2 { font-size: 1rem; line-height: 1.3; }
p { margin-block-start: 0.5rem; }
.selector { display: block; padding: 0.4rem 0.5rem; border-radius: 0.375rem; background: var(--button);
  font: 13px/1.4 monospace; overflow-wrap: anywhere; text-align: left; }
.warning { border-inline-start: 4px solid #b45309; padding-inline-start: 0.5rem; font-weight: 600; }
label { display: block; margin-block-start: 0.6rem; font-weight: 600; }
textarea { display: block; inline-size: 100%; margin-block-start: 0.3rem; padding: 0.5rem; resize: vertical;
  border: 1px solid var(--soft); border-radius: 0.375rem; background: var(--page); color: var(--text);
  font: 13px/1.4 monospace; text-align: left; }
.buttons { display: flex; gap: 0.5rem; margin-block-start: 0.7rem; }
button { padding: 0.4rem 0.9rem; border: 1px solid var(--soft); border-radius: 0.375rem;
  background: var(--button); color: var(--text); font: inherit; cursor: pointer; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
h2:focus-visible { outline: none; }
.said { min-block-size: 1.45em; color: var(--soft); }
`;
