import { TextField } from '@kobalte/core/text-field';
import { createComponent } from 'solid-js';
import { render } from 'solid-js/web';

const part = (Part, props) => createComponent(Part, props);
const field = (label) => part(TextField, { get children() {
  return [part(TextField.Label, { children: label }), part(TextField.Input, {})];
} });

export default (root) => render(() => ['Card number', 'Expiry date', 'CVC'].map(field), root);
