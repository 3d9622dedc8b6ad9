// The payment providers whose card frames are recognised by their address. A provider's script on a page does
// not count: the page may never ask for a card.

/** The day on which the list was last compared with public sources; the newest date in card-frames.md. */
export const CARD_FRAMES_DATE = '2026-11-29';

/**
 * One per line: a host name, and what the path must contain. Without a path, every frame of that host is a
 * card frame. If a frame's path is only "/", its hash is taken as the path. Host and path are regular
 * expressions in lower case, except that a dot is a dot and a star is any text without a slash.
 * card-frames.md says where each line comes from.
 */
export const CARD_FRAMES = `
(*.)?js.stripe.com (elements-inner-(card|payment)(-[0-9a-f]+)?.html|embedded-checkout-inner)
checkout.stripe.com
assets.braintreegateway.com hosted-fields-frame
checkoutshopper-*.adyen.com securedfields
*web.squarecdn.com main-iframe
core.spreedly.com
api.recurly.com field.html
js.chargebee.com
*.chargebee.com hosted_pages
js.chargify.com main-iframe
*.zuora.com publichostedpage
js*.authorize.net acceptmain
*.authorize.net /payment/
*flex.cybersource.com microform
checkout.(pci.shopifyinc|shopifycs).com
secure-fields.mercadopago.com
*access.worldpay.com
*.worldpay.com app/hpp
cdn.cardknox.com ifield.htm
*.cardconnect.com itoke
*.moneris.com hpptoken
gateway*.moneris.com /chkt
(*hostedpages|card-fields).paymentiq.io
js.checkout.com /frames
www.(sandbox.)?paypal.com /smart/card
(*.)?bluesnap.com /hpf
*.convergepay.com hosted-payments
*.realexpayments.com /pay
checkout(-demo|-staging)?.airwallex.com #/elements/(card|expiry|cvc)
api*.heartlandportico.com securesubmit.v1/token
hps.github.io /token/
*.(nmi|networkmerchants|transactiongateway).com token/inline
www.chasepaymentechhostedpay(-var)?.com /hpf/
secure.helcim.app helcim-pay
js*.verygoodvault.com vgs-collect
js.basistheory.com hosted-elements
*htp.tokenex.com iframe
*gateway.mastercard.com /checkout/(pay|entry)
(*.)?oppwa.com pciiframe
pay.(sandbox.)?datatrans.com securefields
*.saferpay.com /fields/
secure.pay1.de payone_iframe
*.(ogone.com|v-psp.com|epdq.co.uk) tokenization/hostedpage
payment.(*.)?(anz)?worldline-solutions.com(.au)? hostedtokenization
*.(windcave|paymentexpress).com pxmi3
secure*.ewaypayments.com sharedpa
api.payway.com.au creditcard-iframe
api.razorpay.com v1/checkout
checkout.paystack.com popup
*.paymob.com acceptance/iframe
www.paytr.com odeme/guvenli
*buy.paddle.com
direct*.tranzila.com iframe(new)?.php
hf.tranzila.com
secure.cardcom.solutions (openfields|lowprofile)
payments*.payplus.co.il
gateway*.pelecard.biz paymentgw
icom.yaad.net /p/
(*.)?meshulam.co.il
pay.(hyp|leumicard).co.il /p/
(api|paypage).takbull.co.il
(*.)?creditguard.co.il
*icredit.rivhit.co.il /payment/
pci.zcredit.co.il
*.(payme.io|paymeservice.com) /sale/
app.icount.co.il /m/
pay.sumit.co.il /payment
app.upay.co.il /api6/
checkout.e-c.co.il
(www.)?matara.pro nedarimplus/iframe
ultra.kesherhk.info paymentpage
`;

const lines = CARD_FRAMES.trim().replaceAll('.', '\\.').replaceAll('*', '[^/]*').split('\n')
  .map((line) => `${line} `.replace(' ', '/.*').trim());
const cardFrame = new RegExp(`^https?:(${lines.join('|')})`);

/**
 * @param {string} address a frame's address; its query is ignored, and its hash unless the path is only "/"
 * @param {string} [base]
 * @returns {string | null} the host in the address, if this is the address of a card frame; otherwise null
 */
export function cardFrameHost(address, base) {
  try {
    const { protocol, hostname, pathname, hash } = new URL(address, base);
    const path = pathname === '/' ? pathname + hash : pathname;
    return cardFrame.test(`${protocol}${hostname}/${path}`.toLowerCase()) ? hostname : null;
  } catch {
    return null;
  }
}
