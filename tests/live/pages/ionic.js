import { defineCustomElement as input } from '@ionic/core/components/ion-input.js';
import { defineCustomElement as item } from '@ionic/core/components/ion-item.js';
import { defineCustomElement as list } from '@ionic/core/components/ion-list.js';
import { initialize } from '@ionic/core/components';
import '@ionic/core/css/core.css';
import { show } from '../with/html.js';

initialize();
for (const define of [input, item, list]) define();

export default show(`<ion-list>
  <ion-item><ion-input label="Card number" label-placement="floating"></ion-input></ion-item>
  <ion-item><ion-input label="Expiry" label-placement="floating"></ion-input></ion-item>
  <ion-item><ion-input label="Security code" label-placement="floating"></ion-input></ion-item></ion-list>`);
