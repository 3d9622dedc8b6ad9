import { NForm, NFormItem, NInput } from 'naive-ui';
import { show } from '../with/vue.js';

export default show({ components: { NForm, NFormItem, NInput }, template: `<n-form>
  <n-form-item label="Card number"><n-input placeholder="Please Input"></n-input></n-form-item>
  <n-form-item label="Expiry date"><n-input placeholder="MM/YY"></n-input></n-form-item>
  <n-form-item label="Security code"><n-input placeholder="Please Input"></n-input></n-form-item>
    </n-form>` });
