// Quantiles.

/** @param {number[]} numbers @param {number} part 0.5 for the median @returns {number} */
export function quantile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** @param {number[]} numbers */
export const median = (numbers) => quantile(numbers, 0.5);

/** @param {number[]} numbers */
export const p99 = (numbers) => quantile(numbers, 0.99);
