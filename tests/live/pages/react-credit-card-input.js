import CreditCardInput from 'react-credit-card-input';
import { h, show } from '../with/react.js';

export default show(() => h(CreditCardInput, { fieldClassName: 'input' }));
