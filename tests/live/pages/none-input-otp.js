import { OTPInput, REGEXP_ONLY_DIGITS } from 'input-otp';
import { h, show } from '../with/react.js';

export default show(() => h('form', null, h('h2', null, 'Enter the security code'),
  h('p', null, 'We have sent it to the phone that ends in 42. It expires in 10 minutes.'),
  h(OTPInput, { maxLength: 6, pattern: REGEXP_ONLY_DIGITS, render: ({ slots }) => h('div', null,
    slots.map(({ char }, index) => h('span', { key: index, style: { border: '1px solid', padding: 8 } },
      char ?? '-'))) })));
