// Finds the places in a source that could read typed text. It uses a parser, so that neither a comment nor a
// different spelling hides one.

import ts from 'typescript';

/** Names for the contents of a field, a selection, the clipboard or a whole form. */
export const CONTENTS = ['value', 'valueAsNumber', 'valueAsDate', 'defaultValue', 'innerText', 'outerText',
  'innerHTML', 'outerHTML', 'getHTML', 'selectionStart', 'selectionEnd', 'getSelection', 'selectedIndex',
  'selectedOptions', 'textLength', 'FormData', 'formData', 'clipboard', 'clipboardData', 'dataTransfer',
  'keyCode', 'charCode', 'which', 'execCommand', 'XMLSerializer', 'caretPositionFromPoint',
  'caretRangeFromPoint'];

/** Names for the key or text of an event. In code that does not run in pages they mean other things. */
export const EVENT_CONTENTS = ['key', 'code', 'data', 'getModifierState', 'getTargetRanges', 'textContent',
  'nodeValue'];

/** Whether a property is only written to, as in `element.textContent = 'words'`. @param {ts.Node} node */
const isWritten = (node) => ts.isBinaryExpression(node.parent)
  && node.parent.left === node && node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** Whether a node destructures an object: `{ value } = …`, `({ value }) => …`. @param {ts.Node} node */
const takesApart = (node) => ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent);

/**
 * @param {string} source
 * @param {readonly string[]} names
 * @returns {{name: string, line: number}[]} each place where one of the names is read
 */
export function readsOf(source, names) {
  const file = ts.createSourceFile('source.js', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const wanted = new Set(names);
  const found = [];

  const note = (name, node) => {
    if (!wanted.has(name)) return;
    found.push({ name, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
  };
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node) && !isWritten(node)) note(node.name.text, node);
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      if (ts.isIdentifier(node.expression)) note(node.expression.text, node);
    }
    // element['value'], getAttribute('value'), Reflect.get(element, 'value'), const name = 'value'.
    if (ts.isStringLiteralLike(node)) note(node.text, node);
    if (takesApart(node)) note((node.propertyName ?? node.name).getText(), node);
    // ({ value } = element), ({ value: mine } = element)
    if (ts.isObjectLiteralExpression(node) && isWritten(node)) {
      for (const part of node.properties) if (part.name) note(part.name.getText(), part);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
