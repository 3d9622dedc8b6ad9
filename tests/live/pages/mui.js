import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { h, show } from '../with/react.js';

export default show(() => h(Dialog, { open: true }, h(DialogTitle, null, 'Payment method'),
  ['Card number', 'Expiry date', 'CVV', 'Name on card'].map((label) =>
    h(TextField, { key: label, label, variant: 'standard', fullWidth: true }))));
