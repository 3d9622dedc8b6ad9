import { Field, FluentProvider, Input, webLightTheme } from '@fluentui/react-components';
import { h, show } from '../with/react.js';

const field = (label) => h(Field, { label, key: label }, h(Input));

export default show(() => h(FluentProvider, { theme: webLightTheme },
  ['Card number', 'Expiration date', 'Security code'].map(field)));
