import IMask from 'imask';
import { show } from '../with/html.js';

export default show(`<form><div class="row"><label for="n">Kartennummer</label><input id="n"></div>
  <div class="row"><label for="e">Gültig bis</label><input id="e"></div>
  <div class="row"><label for="p">Prüfziffer</label><input id="p"></div></form>`,
() => {
  IMask(document.getElementById('n'), { mask: '0000 0000 0000 0000', lazy: false });
  IMask(document.getElementById('e'), { mask: 'MM{/}YY', lazy: false, blocks: {
    MM: { mask: IMask.MaskedRange, from: 1, to: 12 }, YY: { mask: IMask.MaskedRange, from: 26, to: 40 } } });
});
