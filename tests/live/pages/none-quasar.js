import { Quasar, QInput } from 'quasar';
import 'quasar/dist/quasar.css';
import { show } from '../with/vue.js';

export default show({ components: { QInput }, data: () => ({ a: '', b: '', c: '' }), template: `<div>
  <q-input v-model="a" label="Fuel card number" mask="#### #### #### ####"></q-input>
  <q-input v-model="b" label="Valid thru" mask="##/##"></q-input><q-input v-model="c" label="PIN"></q-input>
    </div>` },
Quasar);
