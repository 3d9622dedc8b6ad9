// Tests the list of card frames: it has the same lines as its table, and tells a card frame from other frames
// of the same host.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CARD_FRAMES, CARD_FRAMES_DATE, cardFrameHost } from '../../../extension/common/card-frames.js';

const TABLE = new URL('../../../extension/common/card-frames.md', import.meta.url);
const PIPE = /(?<!\\)\|/;

/** @param {string} cell */
const plain = (cell) => cell.trim().replaceAll('\\|', '|').replace(/^`(.*)`$/, '$1');

const ROWS = readFileSync(TABLE, 'utf8').split('\n').filter((line) => line.startsWith('|')).slice(2)
  .map((line) => {
    const [, provider, host, path, usedIn, example, source, seen] = line.split(PIPE).map(plain);
    return { provider, line: `${host} ${path}`.trim(), usedIn, example, source, seen };
  });

test('the list and its table have the same lines', () => {
  assert.deepEqual(CARD_FRAMES.trim().split('\n'), ROWS.map(({ line }) => line));
});

test('each row names a provider, where it is used, a source and a day', () => {
  for (const { provider, line, usedIn, source, seen } of ROWS) {
    assert.ok(provider && usedIn, line);
    assert.match(source, /(code|github|npm): `[^`]+`/, line);
    assert.equal(new Date(seen).toJSON()?.slice(0, 10), seen, line);
  }
});

test('the list is as old as its newest row', () => {
  assert.equal(CARD_FRAMES_DATE, ROWS.map(({ seen }) => seen).sort().at(-1));
});

for (const { provider, example } of ROWS) {
  test(`${provider}: its example is a card frame`, () => {
    assert.equal(cardFrameHost(example), new URL(example).hostname);
  });
}

// Card frames with other hosts and paths than the examples in the table.
const MORE = [
  'https://b.js.stripe.com/v3/elements-inner-payment-edc4a3b1feea16ee.html',
  'https://js.stripe.com/v3/elements-inner-card.html',
  'https://js.stripe.com/v3/embedded-checkout-inner-1f2e.html',
  ...['live', 'live-au', 'live-apse', 'live-in', 'live-nea', 'test'].map((region) =>
    `https://checkoutshopper-${region}.adyen.com/checkoutshopper/securedfields/key/5.5.2/securedFields.html`),
  'https://sandbox.web.squarecdn.com/1.78.5/main-iframe.html',
  'https://test.authorize.net/payment/payment', 'https://js.authorize.net/v3/acceptMain/acceptMain.html',
  'https://access.worldpay.com/access-checkout/v2/pan.html', 'https://payments.worldpay.com/app/hpp/integration/1',
  'https://fts.cardconnect.com:6443/itoke/ajax-tokenizer.html',
  'https://boltgw.cardconnect.com:8443/itoke/ajax-tokenizer.html',
  'https://www3.moneris.com/HPPtoken/index.php', 'https://gateway.moneris.com/chktv2/display/index.php',
  'https://hostedpages.paymentiq.io/1.0.26/index.html', 'https://card-fields.paymentiq.io/1.0.51/index.html',
  'https://js.checkout.com/frames/?v=1.0.16', 'https://www.sandbox.paypal.com/smart/card-fields',
  'https://bluesnap.com/web-sdk/4/hpfCcnInput.html', 'https://secure.networkmerchants.com/token/inline.php',
  'https://acme.transactiongateway.com/token/inline.php', 'https://www.zuora.com/apps/PublicHostedPageLite.do',
  'https://eu.gateway.mastercard.com/checkout/pay/SESSION1', 'https://oppwa.com/v1/pciIframe.html',
  'https://payment.anzworldline-solutions.com.au/hostedtokenization/1',
  'https://payment.direct.worldline-solutions.com/hostedtokenization/1',
  'https://mdepayments.epdq.co.uk/Tokenization/HostedPage', 'https://sec.paymentexpress.com/pxmi3/1',
  'https://buy.paddle.com/checkout/1', 'https://direct.tranzila.com/shop/iframe.php',
  'https://SECURE.cardcom.solutions/External/LowProfileClearing/3.aspx',
  'https://secure.cardcom.solutions/External/LowProfile.aspx', 'https://payments.payplus.co.il/1',
  'https://meshulam.co.il/purchase', 'https://secure.meshulam.co.il/payment', 'https://pay.hyp.co.il/p/',
  'https://paypage.takbull.co.il/2dBbl', 'https://ng.paymeservice.com/sale/generate/1',
  'https://icredit.rivhit.co.il/payment/1', 'http://pci.zcredit.co.il/', 'https://matara.pro/nedarimplus/iframe',
];

const OTHERS = {
  'other frames of a provider: wallet buttons, controllers, fraud, 3-D Secure': [
    'https://js.stripe.com/v3/', 'https://js.stripe.com/v3/controller-1f2e.html',
    'https://js.stripe.com/v3/elements-inner-payment-request-ea07f93924db1458.html',
    'https://js.stripe.com/v3/elements-inner-payment-method-messaging-modal-1f2e.html',
    'https://js.stripe.com/v3/elements-inner-express-checkout-1f2e.html',
    'https://js.stripe.com/v3/three-ds-2-challenge-1f2e.html', 'https://hooks.stripe.com/3d_secure/1',
    'https://checkoutshopper-live.adyen.com/checkoutshopper/threeDS2.shtml',
    'https://web.squarecdn.com/1.78.5/google-pay.html',
    'https://assets.braintreegateway.com/web/3.1.0/html/three-d-secure-bank-frame.min.html',
    'https://www.paypal.com/smart/buttons', 'https://www.paypal.com/smart/menu', 'https://www.paypal.com/checkoutnow',
    'https://cdn.cardknox.com/ifields/3.4.2602.2001/ifields.min.js', 'https://www.saferpay.com/vt2/threeds/1',
    'https://fts.cardconnect.com/cardconnect/rest/auth', 'https://gateway.moneris.com/mpi/1',
    'https://pay.paymentiq.io/cashier/master/', 'https://secure-test.worldpay.com/shopper/3ds/ddc.html',
    'https://checkout.airwallex.com/#/frame/popup', 'https://checkout.airwallex.com/pay#/elements/card',
    'https://ap-gateway.mastercard.com/callbackInterface/gateway/1', 'https://hps.github.io/',
    'https://secure.nmi.com/token/Collect.js', 'https://oppwa.com/v1/paymentWidgets.js',
    'https://secure.pay1.de/client-api/js/v1/payone_hosted_min.js', 'https://secure.payu.com/front/threeds/',
    'https://secure.ewaypayments.com/scripts/eCrypt.min.js', 'https://secure.cardcom.solutions/api/v11/1',
    'https://icredit.rivhit.co.il/API/PaymentPageRequest.svc', 'https://pay.sumit.co.il/x?download=1',
    'https://www.paytr.com/js/iframeResizer.min.js',
  ],
  'hosts that only look alike': [
    'https://stripe.com/elements-inner-card.html', 'https://jsxstripe.com/elements-inner-card.html',
    'https://evil.example/js.stripe.com/elements-inner-card.html', 'https://checkout.stripe.com.evil.example/',
    'https://xcreditguard.co.il/', 'https://xmeshulam.co.il/', 'https://xmatara.pro/nedarimplus/iframe',
    'https://evil.example/x.cardconnect.com/itoke/', 'https://www.evilpaypal.com/smart/card-fields',
    'https://payment.evilworldline-solutions.com/hostedtokenization/1',
  ],
  'no addresses of frames of a provider': ['about:blank', 'nonsense', 'https://evil.example/pay'],
};

test('each host and path of a line is a card frame', () => {
  for (const address of MORE) assert.equal(cardFrameHost(address), new URL(address).hostname, address);
});

for (const [name, addresses] of Object.entries(OTHERS)) {
  test(`no card frame: ${name}`, () => {
    for (const address of addresses) assert.equal(cardFrameHost(address), null, address);
  });
}
