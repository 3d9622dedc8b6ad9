// The live corpus: npm packages of card forms, form fields and web components. Each has a page in pages/ that
// shows what the package really draws. Their versions are in package.json. `scripts/detect --live` drives
// them.

/**
 * @typedef {object} Live
 * @property {string} name of the page in pages/
 * @property {string} pkg
 * @property {string} kind what the page is made with
 * @property {boolean} payment true: the call must be muted while the form is open. false: it must never be
 *   muted
 * @property {string} [wrong] why it is known to be judged wrongly
 */

/**
 * @param {string} kind @param {boolean} payment @param {string} names entries "page" or "page=package",
 *   separated by blanks
 * @returns {Live[]}
 */
const of = (kind, payment, names) => names.trim().split(/\s+/).map((entry) => {
  const [name, pkg = name] = entry.split('=');
  return { name, pkg, kind, payment };
});

/** Which pages are judged wrongly, and why. @type {Record<string, string>} */
const WRONG = {};

/** @type {Live[]} */
export const LIVE = [
  ...of('card form, React', true, `react-credit-cards-2 react-payment-inputs react-credit-card-input
    credit-card-ui-react`),
  ...of('card form, Vue', true, 'vue-paycard'),
  ...of('card form, Angular', true, 'angular-cc-library'),
  ...of('card form, AngularJS', true, 'angular-credit-cards'),
  ...of('card form, HTML', true, 'card jquery.payment payment payform credit-card-type'),
  ...of('card form, Polymer', true, 'gold-cc-input=@polymer/gold-cc-input'),
  ...of('formatter', true, `cleave.js cleave-zen imask react-imask inputmask ngx-mask maska
    react-number-format`),
  ...of('web component', true, `material-web=@material/web ionic=@ionic/core shoelace=@shoelace-style/shoelace
    webawesome=@awesome.me/webawesome vaadin=@vaadin/text-field fluentui-web=@fluentui/web-components
    carbon-web=@carbon/web-components ui5=@ui5/webcomponents spectrum=@spectrum-web-components/textfield
    lion=@lion/ui mdui`),
  ...of('React', true, `fluentui-react=@fluentui/react-components mui=@mui/material antd
    chakra=@chakra-ui/react mantine=@mantine/core react-bootstrap semantic-ui-react primereact
    headlessui=@headlessui/react
   
    radix-themes=@radix-ui/themes react-aria-components carbon-react=@carbon/react
    patternfly=@patternfly/react-core salesforce-react=@salesforce/design-system-react grommet rsuite
    evergreen=evergreen-ui blueprint=@blueprintjs/core baseui flowbite-react rjsf=@rjsf/core`),
  ...of('Vue', true, 'primevue vuetify quasar element-plus naive-ui vant ant-design-vue'),
  ...of('Angular', true, 'angular-material=@angular/material primeng ng-zorro=ng-zorro-antd'),
  ...of('Svelte', true, 'carbon-svelte=carbon-components-svelte smui=@smui/textfield'),
  ...of('Solid', true, 'kobalte=@kobalte/core'),
  ...of('jQuery', true, 'jquery-ui devextreme'),
  ...of('HTML', true, `salesforce-ux=@salesforce-ux/design-system survey-js=survey-js-ui formio=@formio/js
    webix
    govuk=govuk-frontend uikit materialize=materialize-css`),
  ...of('no payment', false, `none-input-otp=input-otp none-flatpickr=flatpickr
    none-react-datepicker=react-datepicker none-intl-tel-input=intl-tel-input none-react-select=react-select
    none-mui=@mui/material none-antd=antd none-material-web=@material/web
    none-shoelace=@shoelace-style/shoelace none-ionic=@ionic/core none-primevue=primevue
    none-vuetify=vuetify none-semantic-ui-react=semantic-ui-react none-quasar=quasar`),
].map((live) => ({ ...live, wrong: WRONG[live.name] }));
