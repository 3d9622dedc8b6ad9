import '../with/jquery.js';
import 'jquery-ui/dist/jquery-ui.js';
import 'jquery-ui/dist/themes/base/jquery-ui.css';

export default (root) => {
  root.innerHTML = `<div title="Payment"><fieldset><label for="a">Card number</label><input id="a">
    <label for="b">Expires</label><input id="b"><label for="c">CVC</label><input id="c"></fieldset></div>`;
  const dialog = globalThis.$(root.firstElementChild).dialog({ modal: true, position: { my: 'top',
    at: 'bottom',
    of: '#open' } });
  return () => { dialog.dialog('destroy').remove(); };
};
