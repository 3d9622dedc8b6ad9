import { MantineProvider, TextInput } from '@mantine/core';
import '@mantine/core/styles.css';
import { h, show } from '../with/react.js';

export default show(() => h(MantineProvider, null, ['Número de tarjeta', 'Caducidad', 'Código de seguridad']
  .map((label) => h(TextInput, { key: label, label, withAsterisk: true }))));
