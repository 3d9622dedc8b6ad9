import '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css';
import { show } from '../with/html.js';

/** A custom field as a record page of Salesforce Lightning shows it. */
const field = (label, id) => `<div class="slds-form-element slds-form-element_horizontal">
  <label class="slds-form-element__label" for="${id}"><abbr class="slds-required" title="required">*
    </abbr>${label}
  </label><div class="slds-form-element__control"><input id="${id}" class="slds-input" type="text"></div>
    </div>`;

export default show(`<div class="slds-modal__content"><div class="slds-form" role="list">
  ${field('Credit Card Number', 'input-851')}${field('Amount', 'input-852')}</div></div>`);
