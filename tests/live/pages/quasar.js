import { Quasar, QInput } from 'quasar';
import 'quasar/dist/quasar.css';
import { show } from '../with/vue.js';

export default show({ components: { QInput }, data: () => ({ a: '', b: '', c: '' }), template: `<div>
  <q-input v-model="a" label="Номер карты" mask="#### #### #### ####"></q-input>
  <q-input v-model="b" label="Срок действия" mask="##/##"></q-input>
  <q-input v-model="c" label="Код безопасности" mask="###"></q-input></div>` }, Quasar);
