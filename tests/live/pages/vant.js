import { CellGroup, Field, Form } from 'vant';
import 'vant/lib/index.css';
import { show } from '../with/vue.js';

export default show({ template: `<van-form><van-cell-group inset><van-field label="银行卡号" placeholder="请输入">
  </van-field>
  <van-field label="有效期" placeholder="月/年"></van-field><van-field label="CVV2"></van-field></van-cell-group>
    </van-form>` },
CellGroup, Field, Form);
