// Imported first, because it contains the compiler.
import { show } from '../with/angular.js';
import { NzFormModule } from 'ng-zorro-antd/form';
import { NzInputModule } from 'ng-zorro-antd/input';

const field = (label, id) => `<nz-form-item><nz-form-label nzRequired nzFor="${id}">${label}</nz-form-label>
  <nz-form-control><input nz-input id="${id}"></nz-form-control></nz-form-item>`;

export default show({ imports: [NzFormModule, NzInputModule], template: `<form nz-form>
  ${field('Card number', 'x1')}${field('Valid thru', 'x2')}${field('Card verification code',
    'x3')}</form>` });
