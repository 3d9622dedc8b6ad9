// The elements that a person may type a card into, or that hold such a field.

export const FIELD_ELEMENTS = 'input,select,textarea,iframe,[contenteditable],[role=textbox],[role=combobox],'
  + '[autocomplete*="cc-"]';
