import 'govuk-frontend/dist/govuk/govuk-frontend.min.css';
import { show } from '../with/html.js';

export default show(`<form><fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">
  <h1 class="govuk-heading-l">Enter card details</h1></legend>
  <div class="govuk-form-group"><label class="govuk-label" for="a">Card number</label>
  <input class="govuk-input" id="a" inputmode="numeric"></div>
  <div class="govuk-form-group"><label class="govuk-label" for="b">Expiry date</label>
    <div class="govuk-hint">For
  example, 10/29</div><input class="govuk-input govuk-input--width-4" id="b"></div>
  <div class="govuk-form-group"><label class="govuk-label" for="c">Card security code</label>
  <input class="govuk-input govuk-input--width-3" id="c"></div></fieldset></form>`);
