// The card frames of payment providers: addresses and fields as the providers publish them. A server on this
// machine answers for all of them.
import https from 'node:https';
import { makeCertificates } from '../../simulator/certificates.js';

/** @param {Record<string, string>} attributes */
const input = (attributes) =>
  `<input ${Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ')}>`;

/** The fields of most providers: they have the autocomplete names that browsers know. */
const DECLARED = ['cc-number', 'cc-exp', 'cc-csc']
  .map((autocomplete) => input({ autocomplete, name: autocomplete }));
/** @param {string} name @param {number} from @param {number} to */
function select(name, from, to) {
  const options = Array.from({ length: to - from + 1 }, (_, i) => `<option>${from + i}</option>`);
  return `<select name="${name}">${options.join('')}</select>`;
}

/** The fields of Israeli gateways: they have Hebrew labels and names of their own. */
const HEBREW = [
  `<label>מספר כרטיס ${input({ name: 'ccno', type: 'tel', maxlength: '19' })}</label>`,
  `<label>תוקף ${select('expmonth', 1, 12)}${select('expyear', 26, 36)}</label>`,
  `<label>ספרות בגב הכרטיס ${input({ name: 'mycvv', type: 'tel', maxlength: '4' })}</label>`,
];
const BRAINTREE = [['credit-card-number', 'cc-number'], ['expiration', 'cc-exp'], ['cvv', 'cc-csc']]
  .map(([id, autocomplete]) => input({ id, name: id, type: 'text', inputmode: 'numeric', autocomplete }));
const ADYEN = ['encryptedCardNumber', 'encryptedExpiryDate', 'encryptedSecurityCode']
  .map((id) => input({ id, 'data-fieldtype': id, type: 'text', inputmode: 'numeric' }));

/**
 * @typedef {{host: string, path: string, fields: string[], apart?: boolean}} Provider
 *   apart: each field has a frame of its own
 */

/** @type {Provider[]} */
export const PROVIDERS = [
  { host: 'js.stripe.com', path: '/v3/elements-inner-card-1f2e.html', fields: DECLARED },
  { host: 'js.stripe.com', path: '/v3/elements-inner-payment-1f2e.html', fields: DECLARED },
  { host: 'checkout.stripe.com', path: '/c/pay/1', fields: DECLARED },
  { host: 'assets.braintreegateway.com', path: '/web/3.99.0/html/hosted-fields-frame.min.html',
    fields: BRAINTREE, apart: true },
  { host: 'checkoutshopper-live.adyen.com', path: '/securedfields/live_1/4.8.1/securedFields.html',
    fields: ADYEN, apart: true },
  { host: 'checkoutshopper-test.adyen.com', path: '/securedfields/test_1/5.5.2/securedFields.html',
    fields: ADYEN, apart: true },
  { host: 'web.squarecdn.com', path: '/v1/main-iframe.html', fields: DECLARED },
  { host: 'core.spreedly.com', path: '/iframe/number-frame-1.97.html', fields: DECLARED, apart: true },
  { host: 'api.recurly.com', path: '/js/v1/field.html', fields: DECLARED, apart: true },
  { host: 'js.chargebee.com', path: '/v2/component-number.html', fields: DECLARED, apart: true },
  { host: 'js.chargify.com', path: '/latest/main-iframe.html', fields: DECLARED },
  { host: 'js.authorize.net', path: '/v3/acceptMain/acceptMain.html', fields: DECLARED },
  { host: 'flex.cybersource.com', path: '/microform/bundle/v2/iframe.html', fields: DECLARED, apart: true },
  { host: 'checkout.pci.shopifyinc.com', path: '/build/1/number-ltr.html', fields: DECLARED, apart: true },
  { host: 'checkout.shopifycs.com', path: '/number', fields: DECLARED, apart: true },
  { host: 'secure-fields.mercadopago.com', path: '/fields/cardNumber', fields: DECLARED, apart: true },
  { host: 'access.worldpay.com', path: '/access-checkout/v1/pan.html', fields: DECLARED, apart: true },
  { host: 'cdn.cardknox.com', path: '/ifields/3.4.2602.2001/ifield.htm', fields: DECLARED, apart: true },
  { host: 'fts-uat.cardconnect.com', path: '/itoke/ajax-tokenizer.html', fields: DECLARED },
  { host: 'hostedpages.paymentiq.io', path: '/1.0.31/index.html', fields: DECLARED },
  { host: 'sandbox.bluesnap.com', path: '/web-sdk/4.12.7/hpfCcnInput.html', fields: DECLARED, apart: true },
  { host: 'secure.nmi.com', path: '/token/inline.php', fields: DECLARED, apart: true },
  { host: 'direct.tranzila.com', path: '/shop/iframe.php', fields: HEBREW },
  { host: 'directng.tranzila.com', path: '/shop/iframenew.php', fields: HEBREW },
  { host: 'hf.tranzila.com', path: '/assets/card_number.html', fields: DECLARED, apart: true },
  { host: 'secure.cardcom.solutions', path: '/external/openFields/openFields', fields: HEBREW },
  { host: 'secure.cardcom.solutions', path: '/External/LowProfileClearing/3.aspx', fields: HEBREW },
  { host: 'payments.payplus.co.il', path: '/1f2e', fields: HEBREW },
  { host: 'secure.meshulam.co.il', path: '/payment', fields: HEBREW },
  { host: 'gateway20.pelecard.biz', path: '/PaymentGW', fields: HEBREW },
  { host: 'gateway21.pelecard.biz', path: '/PaymentGW', fields: HEBREW },
  { host: 'icom.yaad.net', path: '/p/', fields: HEBREW },
  { host: 'pay.hyp.co.il', path: '/p/', fields: HEBREW },
  { host: 'cgmpi.creditguard.co.il', path: '/CGMPI_Server/PerformTransaction', fields: HEBREW },
  { host: 'icredit.rivhit.co.il', path: '/payment/1', fields: HEBREW },
  { host: 'pci.zcredit.co.il', path: '/webcheckout/1', fields: HEBREW },
];

export const PROVIDER_HOSTS = [...new Set(PROVIDERS.map(({ host }) => host))];

/** @param {Provider} provider @returns {string[]} the path of each of its frames */
export const framePaths = ({ path, fields, apart }) =>
  (apart ? fields.map((_, field) => `${path}?field=${field}`) : [path]);

/**
 * Answers for every provider. An address that is not a card frame gets an empty script or page.
 * @returns {Promise<{port: number, close: () => Promise<void>}>}
 */
export async function serveProviders() {
  const certificates = await makeCertificates({ names: PROVIDER_HOSTS.map((host) => `DNS:${host}`) });
  const server = https.createServer(certificates.tls, (request, response) => {
    const host = String(request.headers.host).replace(/:\d+$/, '');
    const { pathname, searchParams } = new URL(request.url ?? '/', `https://${host}`);
    const provider = PROVIDERS.find((one) => one.host === host && one.path === pathname);
    const field = searchParams.get('field');
    const fields = provider?.fields.filter((_, i) => field === null || i === Number(field)) ?? [];
    const isScript = pathname.endsWith('.js');
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
    response.end(isScript ? '' : `<!doctype html><title>${host}</title><form>${fields.join('')}</form>`);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
      await certificates.remove();
    },
  };
}
