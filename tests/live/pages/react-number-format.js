import { PatternFormat } from 'react-number-format';
import { h, show } from '../with/react.js';

export default show(() => h('div', null,
  h('p', null, 'Credit card number'), h(PatternFormat, { format: '#### #### #### ####', mask: '_' }),
  h('p', null, 'Expiration'), h(PatternFormat, { format: '##/##', placeholder: 'MM/YY', mask: ['M', 'M',
    'Y', 'Y'] })));
