import { createVuetify } from 'vuetify';
import { VApp } from 'vuetify/components/VApp';
import { VDialog } from 'vuetify/components/VDialog';
import { VCard } from 'vuetify/components/VCard';
import { VTextField } from 'vuetify/components/VTextField';
import 'vuetify/styles';
import { show } from '../with/vue.js';

export default show({ template: `<v-app><v-dialog :model-value="true" width="500"><v-card title="Payment">
  <v-text-field label="Card number"></v-text-field><v-text-field label="Expiry date"></v-text-field>
  <v-text-field label="CVV"></v-text-field></v-card></v-dialog></v-app>` },
createVuetify({ components: { VApp, VDialog, VCard, VTextField } }));
