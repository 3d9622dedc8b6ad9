// Imported first, because it contains the compiler.
import { show } from '../with/angular.js';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import '../node_modules/@angular/material/prebuilt-themes/azure-blue.css';

const field = (label) => `<mat-form-field><mat-label>${label}</mat-label><input matInput></mat-form-field>`;

export default show({ imports: [MatFormFieldModule, MatInputModule],
  template: `<form>${['Card number', 'Expiration date', 'Security code'].map(field).join('')}</form>` });
