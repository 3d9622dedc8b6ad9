import { defineCustomElement as input } from '@ionic/core/components/ion-input.js';
import { defineCustomElement as item } from '@ionic/core/components/ion-item.js';
import { initialize } from '@ionic/core/components';
import '@ionic/core/css/core.css';
import { show } from '../with/html.js';

initialize();
for (const define of [input, item]) define();

export default show(`<div><ion-item><ion-input label="Membership card number" label-placement="floating">
  </ion-input>
  </ion-item><ion-item><ion-input label="Expiry" label-placement="floating"></ion-input></ion-item></div>`);
