import { DatePicker, Form, Input } from 'ant-design-vue';
import { show } from '../with/vue.js';

export default show({ data: () => ({ form: { number: '', date: null } }), template: `<a-form :model="form">
  <a-form-item label="Card number" name="number"><a-input v-model:value="form.number"></a-input></a-form-item>
  <a-form-item label="Expiration" name="date"><a-date-picker v-model:value="form.date" picker="month">
    </a-date-picker>
  </a-form-item></a-form>` }, DatePicker, Form, Input);
