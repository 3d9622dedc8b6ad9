import UIkit from 'uikit';
import 'uikit/dist/css/uikit.min.css';

export default (root) => {
  root.innerHTML = `<div uk-modal><div class="uk-modal-dialog uk-modal-body">
    <h2 class="uk-modal-title">Payment</h2>
    <form class="uk-form-stacked"><label class="uk-form-label" for="a">Card number</label>
    <div class="uk-form-controls"><input class="uk-input" id="a"></div>
    <label class="uk-form-label" for="b">Expiry</label><div class="uk-form-controls">
      <input class="uk-input" id="b">
    </div></form></div></div>`;
  const modal = UIkit.modal(root.firstElementChild);
  modal.show();
  return () => { modal.$destroy(true); };
};
