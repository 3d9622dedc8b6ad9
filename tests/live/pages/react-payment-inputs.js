import { PaymentInputsWrapper, usePaymentInputs } from 'react-payment-inputs';
import { h, show } from '../with/react.js';

export default show(() => {
  const { wrapperProps, getCardNumberProps, getExpiryDateProps, getCVCProps } = usePaymentInputs();
  return h(PaymentInputsWrapper, wrapperProps, h('input', getCardNumberProps()),
    h('input', getExpiryDateProps()), h('input', getCVCProps()));
});
