import { MaskedTextBox, TextBox } from '@syncfusion/ej2-inputs';
import '@syncfusion/ej2-base/styles/material.css';
import '@syncfusion/ej2-inputs/styles/material.css';
import { show } from '../with/html.js';

/** @type {{destroy: () => void}[]} */
let boxes = [];

const shown = show('<div><input id="a"><input id="b"><input id="c"></div>', () => {
  boxes = [new MaskedTextBox({ mask: '0000 0000 0000 0000', placeholder: 'Card number',
    floatLabelType: 'Always' }, '#a'),
  new TextBox({ placeholder: 'Expiry date', floatLabelType: 'Auto' }, '#b'),
  new TextBox({ placeholder: 'CVV', floatLabelType: 'Auto' }, '#c')];
});

export default (root) => {
  const hide = shown(root);
  return () => {
    for (const box of boxes) box.destroy();
    hide();
  };
};
