import { BaseProvider, LightTheme } from 'baseui';
import { FormControl } from 'baseui/form-control';
import { PaymentCard } from 'baseui/payment-card';
import { Input } from 'baseui/input';
import { Client } from 'styletron-engine-monolithic';
import { Provider } from 'styletron-react';
import { h, show, useState } from '../with/react.js';

const engine = new Client();

export default show(() => {
  const [number, setNumber] = useState('');
  return h(Provider, { value: engine }, h(BaseProvider, { theme: LightTheme },
    h(PaymentCard, { value: number, onChange: ({ target }) => setNumber(target.value),
      placeholder: 'Please enter your credit card number' }),
    h(FormControl, { label: 'Expiration' }, h(Input))));
});
