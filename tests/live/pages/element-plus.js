import ElementPlus from 'element-plus/dist/index.full.mjs';
import 'element-plus/dist/index.css';
import { show } from '../with/vue.js';

export default show({ data: () => ({ form: { a: '', b: '', c: '' } }),
  template: `<el-dialog :model-value="true"
  title="付款"><el-form :model="form" label-width="auto">
  <el-form-item label="信用卡号"><el-input v-model="form.a"></el-input></el-form-item>
  <el-form-item label="有效期"><el-date-picker v-model="form.b" type="month"></el-date-picker></el-form-item>
  <el-form-item label="安全码"><el-input v-model="form.c"></el-input></el-form-item></el-form></el-dialog>` },
ElementPlus);
