import { createVuetify } from 'vuetify';
import { VApp } from 'vuetify/components/VApp';
import { VOtpInput } from 'vuetify/components/VOtpInput';
import { VTextField } from 'vuetify/components/VTextField';
import 'vuetify/styles';
import { show } from '../with/vue.js';

export default show({ template: `<v-app><v-text-field label="Card number of the health fund"></v-text-field>
  <v-text-field label="Valid until"></v-text-field><v-otp-input length="4"></v-otp-input></v-app>` },
createVuetify({ components: { VApp, VOtpInput, VTextField } }));
