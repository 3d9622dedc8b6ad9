import Input from '@salesforce/design-system-react/components/input';
import IconSettings from '@salesforce/design-system-react/components/icon-settings';
import '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css';
import { h, show } from '../with/react.js';

export default show(() => h(IconSettings, { iconPath: '/icons' },
  ['Card Number', 'Card Expiration', 'Card Security Code'].map((label, index) =>
    h(Input, { key: label, id: `i${index}`, label, required: true }))));
