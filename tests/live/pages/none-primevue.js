import PrimeVue from 'primevue/config';
import InputOtp from 'primevue/inputotp';
import { show } from '../with/vue.js';

export default show({ components: { InputOtp }, template: `<form><h2>Verify your account</h2>
  <label>Verification code</label><InputOtp :length="6" integer-only /></form>` }, PrimeVue);
