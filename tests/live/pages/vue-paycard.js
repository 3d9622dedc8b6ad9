import VuePaycard from 'vue-paycard';
import { show } from '../with/vue.js';

export default show({
  components: { VuePaycard },
  data: () => ({ fields: { cardName: '', cardNumber: '', cardMonth: '', cardYear: '', cardCvv: '' } }),
  template: `<vue-paycard :value-fields="fields"></vue-paycard>
    <input id="v-card-number" data-card-field v-model="fields.cardNumber" placeholder="Number">
    <input id="v-card-name" data-card-field v-model="fields.cardName" placeholder="Name">
    <select id="v-card-month" data-card-field><option>Month</option><option v-for="n in 12">{{ n }}</option>
      </select>
    <select id="v-card-year" data-card-field><option>Year</option>
      <option v-for="n in 12">{{ 2025 + n }}</option></select>
    <input id="v-card-cvv" data-card-field v-model="fields.cardCvv" maxlength="4">`,
});
