import '@fluentui/web-components/text-input.js';
import { show } from '../with/html.js';

export default show(`<form><fluent-text-input>Card number</fluent-text-input>
  <fluent-text-input>Expiration date</fluent-text-input><fluent-text-input>CVV</fluent-text-input></form>`);
