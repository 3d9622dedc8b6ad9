import Cards from 'react-credit-cards-2';
import 'react-credit-cards-2/dist/es/styles-compiled.css';
import { h, show, useState } from '../with/react.js';

const FIELDS = { number: 'Card Number', name: 'Name', expiry: 'Valid Thru', cvc: 'CVC' };

export default show(() => {
  const [state, setState] = useState({ number: '', name: '', expiry: '', cvc: '', focus: '' });
  return h('div', null, h(Cards, { ...state, focused: state.focus }), h('form', null,
    Object.entries(FIELDS).map(([name, placeholder]) => h('input', { key: name, type: 'tel', name,
      placeholder,
      onChange: ({ target }) => setState({ ...state, [name]: target.value }),
      onFocus: () => setState({ ...state, focus: name }) }))));
});
