// The styles of the banner and the covers. The states differ in shape and size, not only in colour. The
// contrast of the text with its background is at least 6:1.

/** The style of our element in the page. It overrides all styles of the page, and the element has no box. */
export const HOST_STYLE = 'all: initial; display: contents'.replace(/;|$/g, '!important;');

/**
 * The style of everything inside our element. With forced colours, the browser replaces the colours. The
 * build minifies this style separately, because minifiers for scripts do not change the content of a string.
 */
export const STYLE = `
.layer{
all:initial;display:block;position:fixed;inset:0 auto auto 0;z-index:2147483647;width:0;height:0;
overflow:visible;pointer-events:none
}
.box{
position:fixed;inset:0 auto auto 0;box-sizing:border-box;display:flex;gap:10px;align-items:start;
width:max-content;max-width:min(420px, calc(100vw - 16px));padding:8px 14px;pointer-events:none;
border:2px solid #fff;border-radius:8px;box-shadow:0 2px 10px #0008;background:#0b6b2e;color:#fff;
font:15px/1.35 system-ui, sans-serif
}
.box div{min-width:0;overflow-wrap:anywhere}
.box div div:first-child{font-weight:700}
svg{
flex:none;width:24px;fill:none;stroke:currentcolor;stroke-width:2.5;stroke-linecap:round;
stroke-linejoin:round
}
.muting, .unmuting{background:#ffe8a3;color:#3d2c00;border:2px dashed #8a6100}
.unprotected, .recording{
background:#a80f1c;border-width:4px;border-radius:0;padding:12px 18px;font-size:18px
}
:is(.unprotected, .recording){svg{width:36px} div div:first-child{font-size:21px}}
button{
margin-top:10px;padding:8px 16px;border:2px solid #fff;border-radius:6px;background:#fff;color:#a80f1c;
font:inherit;font-weight:700;pointer-events:auto;cursor:pointer
}
:is([data-size=title], [data-size=small]) .more{
position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)
}
[data-size=title]{padding:6px 10px;font-size:15px;svg{width:22px} div div:first-child{font-size:15px}}
[data-size=small]{
gap:5px;padding:3px 6px;border-width:2px;font-size:12px;line-height:1.2;
svg{width:16px} div div:first-child{font-size:12px} button{margin-top:3px;padding:3px 8px}
}
.box:focus-visible{outline:3px solid #fff;outline-offset:-6px}
button:hover{text-decoration:underline}
button:focus-visible{outline:3px solid #fff;outline-offset:3px}
.cover{
position:fixed;inset:0 auto auto 0;box-sizing:border-box;display:flex;flex-wrap:wrap;gap:0 6px;
align-items:center;padding:0 6px;overflow:hidden;pointer-events:auto;cursor:not-allowed;border-radius:4px;
font:600 13px/1.2 system-ui, sans-serif;white-space:nowrap
}
.cover.unprotected{background:#fdeaea;color:#8f0d18;border:2px solid #a80f1c}
.cover svg{width:18px;height:100%}
@media (prefers-reduced-motion:no-preference){
.muting svg, .unmuting svg{animation:breathe 1.2s ease-in-out infinite alternate}
}
@keyframes breathe{to{opacity:0.45}}
`;

/**
 * Icons for a view box of 24 by 24: three dots, a check mark in a circle, an exclamation mark in a triangle.
 */
const dots = 'M5 12h.01M12 12h.01M19 12h.01';
const check = 'M12 2a10 10 0 1 0 .01 0M7 12.5l3.5 3.5L17 9';
const alarm = 'M12 2.5 22.5 21.5H1.5ZM12 9v6M12 18v.5';

export const ICONS = { muting: dots, unmuting: dots, muted: check, unprotected: alarm, recording: alarm };
