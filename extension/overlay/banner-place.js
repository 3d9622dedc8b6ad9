// Chooses the place and size of the banner near a payment form. It computes with rectangles only, and neither
// reads nor changes the page.

/**
 * @typedef {import('./boxes.js').Box} Box
 * @typedef {{width: number, height: number}} Size in CSS pixels
 * @typedef {object} Around what the banner should not cover. All boxes are in coordinates of the window
 * @property {Box | null} form null: there is no form in this frame, or it fills the window
 * @property {Box | null} fields a box around all card fields; null: the form is in another frame
 * @property {Box[]} typed the elements that can be typed into
 * @property {Box[]} controls the elements that can be pressed
 * @property {Box[]} words the texts of the page
 * @property {Box | null} focused the element that has the focus, if it can be typed into
 * @property {boolean} rightToLeft the direction of the page where the form is
 * @typedef {{x: number, y: number}} Spot
 */

/** The gap between the banner and the form, and between the banner and the edges of the window. */
const gap_px = 8;

/** The space above a field that its label is assumed to take. */
const label_px = 28;

/** The gap between the banner and the fields above and below it if it is placed between two fields. */
const narrow_px = 2;

/** At most this many fields are tried, with the banner above and below each. */
const most_gaps = 32;

/** If fields have to be covered, covering the one with the focus counts this many times. */
const focus_weight = 1000;

/** The step size in the search for a free place in the whole window. */
const step_px = 8;

/**
 * @param {Box} a
 * @param {Box} b
 * @returns {number} the area in square pixels that both boxes cover
 */
function overlap_px2(a, b) {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** @param {Spot} spot @param {Size} size @returns {Box} */
const boxAt = ({ x, y }, { width, height }) => ({ left: x, top: y, right: x + width, bottom: y + height });

/**
 * @param {number} at
 * @param {number} most
 */
const within = (at, most) => Math.max(gap_px, Math.min(at, most - gap_px));

/**
 * The usual places, the best first: above and below the form or its fields, next to them, at the edges of the
 * window, between two fields. For a form in another frame, only the edges of the window.
 * @param {Size} size of the banner
 * @param {Size} view of the window
 * @param {Around} around
 * @returns {Spot[]} the places inside the window; for a form in another frame, all places
 */
function usualSpots(size, view, { form, fields, typed, rightToLeft }) {
  const [widest, lowest] = [view.width - size.width, view.height - size.height];
  const start = rightToLeft ? widest - gap_px : gap_px;
  const end = rightToLeft ? gap_px : widest - gap_px;
  const corners = [start, end].flatMap((x) => [{ x, y: gap_px }, { x, y: lowest - gap_px }]);
  if (!fields) return [{ x: widest / 2, y: gap_px }, ...corners, { x: widest / 2, y: lowest - gap_px }];
  const aligned = within(rightToLeft ? fields.right - size.width : fields.left, widest);
  const outer = form ?? fields;
  const tops = [
    ...(form ? [form.top - size.height - gap_px, form.bottom + gap_px] : []),
    fields.top - label_px - size.height - gap_px,
    fields.bottom + gap_px,
  ];
  const sides = rightToLeft ? [outer.left - size.width - gap_px, outer.right + gap_px]
    : [outer.right + gap_px, outer.left - size.width - gap_px];
  return [
    ...tops.map((y) => ({ x: aligned, y })),
    ...sides.map((x) => ({ x, y: within(fields.top, lowest) })),
    { x: aligned, y: gap_px }, { x: aligned, y: lowest - gap_px },
    ...corners,
    ...typed.slice(0, most_gaps).flatMap(({ top, bottom }) =>
      [top - size.height - narrow_px, bottom + narrow_px].map((y) => ({ x: aligned, y }))),
  ].filter(({ x, y }) => x >= 0 && x <= widest && y >= 0 && y <= lowest);
}

/**
 * Builds a summed-area table: for each rectangle of cells that begins at the window's origin, the number of
 * occupied cells. With it, four look-ups tell whether a rectangle is free.
 * @param {Box[]} boxes that occupy cells
 * @param {Size} view of the window
 */
function occupancy(boxes, view) {
  const columns = Math.ceil(view.width / step_px) + 1;
  const rows = Math.ceil(view.height / step_px) + 1;
  const sums = new Uint32Array(columns * rows);
  const cell = (/** @type {number} */ at, /** @type {number} */ most) => Math.max(0, Math.min(at, most));
  for (const { left, top, right, bottom } of boxes) {
    const lastColumn = cell(Math.ceil(right / step_px), columns - 1);
    const lastRow = cell(Math.ceil(bottom / step_px), rows - 1);
    for (let row = cell(Math.floor(top / step_px), rows); row < lastRow; row += 1) {
      const from = cell(Math.floor(left / step_px), columns);
      const start = (row + 1) * columns + 1;
      if (from < lastColumn) sums.fill(1, start + from, start + lastColumn);
    }
  }
  for (let row = 1; row < rows; row += 1) {
    for (let column = 1; column < columns; column += 1) {
      const at = row * columns + column;
      sums[at] += sums[at - 1] + sums[at - columns] - sums[at - columns - 1];
    }
  }
  const sum = (/** @type {number} */ column, /** @type {number} */ row) =>
    sums[Math.min(row, rows - 1) * columns + Math.min(column, columns - 1)];
  return (/** @type {Box} */ { left, top, right, bottom }) => {
    const [a, b] = [Math.floor(left / step_px), Math.ceil(right / step_px)];
    const [c, d] = [Math.floor(top / step_px), Math.ceil(bottom / step_px)];
    return sum(b, d) - sum(a, d) - sum(b, c) + sum(a, c) === 0;
  };
}

/**
 * The free place nearest to the fields or, without fields, to the middle of the window's upper edge, if any.
 * @param {Size} size
 * @param {Size} view
 * @param {Box | null} fields
 * @param {(box: Box) => boolean} isFree
 * @returns {Spot | undefined}
 */
function nearestFree(size, view, fields, isFree) {
  const middle = fields ? { x: (fields.left + fields.right) / 2, y: (fields.top + fields.bottom) / 2 }
    : { x: view.width / 2, y: 0 };
  let best;
  let least = Infinity;
  for (let y = 0; y + size.height <= view.height; y += step_px) {
    for (let x = 0; x + size.width <= view.width; x += step_px) {
      const far = Math.abs(x + size.width / 2 - middle.x) + 2 * Math.abs(y + size.height / 2 - middle.y);
      if (far >= least || !isFree(boxAt({ x, y }, size))) continue;
      least = far;
      best = { x, y };
    }
  }
  return best;
}

/**
 * The place where the banner covers the least area of the elements that can be typed into.
 * @param {Size} size
 * @param {Size} view
 * @param {Around} around
 */
function leastBad(size, view, around) {
  const inWindow = { x: Math.max(0, (view.width - size.width) / 2), y: gap_px };
  const { typed, focused } = around;
  const focus_px2 = (/** @type {Box} */ box) => (focused ? focus_weight * overlap_px2(box, focused) : 0);
  const covered = (/** @type {Spot} */ spot) => typed
    .reduce((sum, box) => sum + overlap_px2(boxAt(spot, size), box), focus_px2(boxAt(spot, size)));
  return [...usualSpots(size, view, around), inWindow]
    .reduce((best, spot) => (covered(spot) < covered(best) ? spot : best));
}

/**
 * Chooses a place in which the banner covers no fields, controls or texts, in the largest size that fits. If
 * no size fits, it may cover texts, and if that is not enough, controls. It covers fields only as a last
 * resort.
 * @param {Size[]} sizes of the banner, from the whole text to the smallest
 * @param {Size} view of the window
 * @param {Around} around
 * @param {(Spot & {size: number}) | null} [last] the last place. It is kept if it is still free, so that the
 *   banner does not move without need
 * @returns {Spot & {size: number}} `size` is an index into the sizes
 */
export function placeBanner(sizes, view, around, last = null) {
  const { typed, controls, words, fields } = around;
  for (const boxes of [[...typed, ...controls, ...words], [...typed, ...controls], typed]) {
    const isFree = (/** @type {Box} */ box) => boxes.every((other) => overlap_px2(box, other) === 0);
    /** @type {((box: Box) => boolean) | undefined} */
    let isFreeCell;
    for (const [at, size] of sizes.entries()) {
      if (size.width > view.width || size.height > view.height) continue;
      const usual = usualSpots(size, view, around);
      const kept = last?.size === at ? [last] : [];
      const spot = [...kept, ...usual].find((one) => isFree(boxAt(one, size)))
        ?? nearestFree(size, view, fields, isFreeCell ??= occupancy(boxes, view));
      if (spot) return { x: spot.x, y: spot.y, size: at };
    }
  }
  const smallest = sizes.length - 1;
  return { ...leastBad(sizes[smallest], view, around), size: smallest };
}
