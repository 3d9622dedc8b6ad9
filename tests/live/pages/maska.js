import { vMaska } from 'maska/vue';
import { show } from '../with/vue.js';

export default show({
  directives: { maska: vMaska },
  template: `<form><label>Numéro de carte<input v-maska="'#### #### #### ####'"></label>
    <label>Date d'expiration<input v-maska="'##/##'"></label>
    <label>Cryptogramme visuel<input v-maska="'###'"></label></form>`,
});
