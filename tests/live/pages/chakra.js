import { ChakraProvider, defaultSystem, Field, Input } from '@chakra-ui/react';
import { h, show } from '../with/react.js';

const field = (label) => h(Field.Root, { key: label, required: true },
  h(Field.Label, null, label, h(Field.RequiredIndicator)), h(Input));

export default show(() => h(ChakraProvider, { value: defaultSystem },
  ['Credit card number', 'Expiration', 'CVC'].map(field)));
