// Makes as many nodes as ?nodes= says, and 1,000 mutations a second of the kinds that a busy CRM makes.

const NODES = Number(new URL(location.href).searchParams.get('nodes'));
const MUTATIONS_PER_S = 1000;
const EVERY_ms = 10;

const table = /** @type {HTMLElement} */ (document.getElementById('calls'));
const ROW = ['Name', 'Telephone', 'Campaign', 'Agent', 'State'];

/** @param {number} number */
function makeRow(number) {
  const row = document.createElement('tr');
  for (const name of ROW) {
    const cell = document.createElement('td');
    const text = document.createElement('span');
    text.textContent = `${name} ${number}`;
    cell.append(text);
    row.append(cell);
  }
  return row;
}

const nodesInARow = 1 + ROW.length * 3; // the row; the cell, the span and the text of each column
for (let i = 0; i < NODES / nodesInARow; i += 1) table.append(makeRow(i));

Object.assign(globalThis, {
  benchNodes() {
    const walker = document.createTreeWalker(document);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  },
});

let turn = 0;
const anyRow = () => table.children[(turn * 7919) % table.children.length];
const MUTATIONS = [
  () => {
    anyRow().children[4].firstElementChild.textContent = `State ${turn}`;
  },
  () => anyRow().classList.toggle('marked'),
  () => {
    anyRow().children[1].firstElementChild.style.color = turn % 2 ? 'navy' : 'black';
  },
  () => table.append(makeRow(turn)),
  () => table.firstElementChild?.remove(),
];

// A timer that is late fires only once, so each turn catches up on the missed mutations.
const begun_at = performance.now();
setInterval(() => {
  const due = (performance.now() - begun_at) / 1000 * MUTATIONS_PER_S;
  for (; turn < due; turn += 1) MUTATIONS[turn % MUTATIONS.length]();
  Object.assign(globalThis, { benchMutations: turn });
}, EVERY_ms);
