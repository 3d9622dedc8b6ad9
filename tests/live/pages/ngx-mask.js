// Imported first, because it contains the compiler.
import { show } from '../with/angular.js';
import { NgxMaskDirective, provideNgxMask } from 'ngx-mask';

export default show({ imports: [NgxMaskDirective], template: `<section><h3>Zahlungsdaten</h3>
  <div><span>Kreditkartennummer</span><input type="text" mask="0000 0000 0000 0000"></div>
  <div><span>Gültig bis (MM/JJ)</span><input type="text" mask="00/00"></div></section>` },
[provideNgxMask()]);
