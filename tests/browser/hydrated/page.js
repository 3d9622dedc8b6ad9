// A page that React renders as a whole document on the server and hydrates in the browser.
import { createElement as h } from 'react';

const field = (words, name, autoComplete) =>
  h('label', null, words, h('input', { id: name, name, autoComplete }));

export const Page = () => h('html', { lang: 'en' },
  h('head', null, h('meta', { charSet: 'utf-8' }), h('title', null, 'Order')),
  h('body', null,
    h('h1', null, 'Order'),
    h('form', null,
      field('Card number ', 'number', 'cc-number'), field('CVV ', 'code', 'cc-csc'),
      h('button', { type: 'button' }, 'Pay')),
    h('p', null, 'Payments are handled by the acquirer.'),
    h('script', { src: '/client.js', async: true })));
