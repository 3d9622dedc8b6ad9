import { CreditCardWithForm } from 'credit-card-ui-react';
import 'credit-card-ui-react/styles.css';
import { h, show } from '../with/react.js';

export default show(() => h(CreditCardWithForm, { layout: 'vertical', submitLabel: 'Pay Now' }));
