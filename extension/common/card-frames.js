// The payment providers whose card frames are recognised by their address. A provider's script on a page
// proves nothing; its card frame does.

/**
 * One per line: a host, and a text that its path must contain. Without the text every frame of that host is a
 * card frame. (a|b) is a choice, and a question mark makes what is before it optional. All in lower case.
 */
const CARD_FRAMES = `
js.stripe.com elements-inner-(card|payment)
checkout.stripe.com
assets.braintreegateway.com hosted-fields-frame
checkoutshopper-live.adyen.com securedfields
web.squarecdn.com main-iframe
core.spreedly.com
api.recurly.com field.html
js.chargebee.com
js.chargify.com main-iframe
js.authorize.net acceptmain
flex.cybersource.com microform
checkout.(pci.shopifyinc|shopifycs).com
secure-fields.mercadopago.com
access.worldpay.com
direct(ng)?.tranzila.com iframe(new)?.php
hf.tranzila.com
secure.cardcom.solutions (openfields|lowprofileclearing)
payments.payplus.co.il
secure.meshulam.co.il
gateway2(0|1).pelecard.biz paymentgw
icom.yaad.net /p/
pay.hyp.co.il /p/
([^/]+.)?creditguard.co.il
icredit.rivhit.co.il /payment
pci.zcredit.co.il
`;

const lines = CARD_FRAMES.trim().replaceAll('.', '\\.').split('\n')
  .map((line) => `${line} `.replace(' ', '/.*').trim());
const cardFrame = new RegExp(`^https?:(${lines.join('|')})`);

/**
 * @param {string} address a frame's address; its query and hash are ignored
 * @param {string} [base]
 * @returns {string | null} the provider's host, if it is a card frame
 */
export function cardFrameHost(address, base) {
  try {
    const { protocol, hostname, pathname } = new URL(address, base);
    return cardFrame.test(`${protocol}${hostname}/${pathname}`.toLowerCase()) ? hostname : null;
  } catch {
    return null;
  }
}
