import '@carbon/web-components/es/components/text-input/index.js';
import { show } from '../with/html.js';

export default show(`<form><cds-text-input label="Card number" helper-text="16 digits"></cds-text-input>
  <cds-text-input label="Name on card"></cds-text-input><cds-text-input label="Expiry"></cds-text-input>
    </form>`);
