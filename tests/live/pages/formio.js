import { Formio } from '@formio/js';
import { show } from '../with/html.js';

const components = [['a', 'Credit Card Number'], ['b', 'Expiration Date'], ['c', 'CVV']]
  .map(([key, label]) => ({ type: 'textfield', key, label, input: true }));

export default show('<div></div>', (root) => Formio.createForm(root.firstElementChild, { components }));
