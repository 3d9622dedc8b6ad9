import '@polymer/gold-cc-input/gold-cc-input.js';
import { show } from '../with/html.js';

export default show('<gold-cc-input auto-validate label="Card number" required></gold-cc-input>');
