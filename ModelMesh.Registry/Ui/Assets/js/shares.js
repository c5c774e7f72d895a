// The arithmetic of a traffic split: whole units that always add up to TOTAL, a tenth of a percent each. Pure.
export const TOTAL = 1000;

/** Parts of TOTAL in proportion to the weights given; all zero where no weight is above zero. */
export function sharesOf(weights) {
  return apportion(TOTAL, weights, false);
}

/**
 * What the shares are once one is set: the others that are not locked give or take the difference, each in proportion to what it has, or evenly where they have
 * nothing. It goes as far as the locked ones leave room for, and not at all where no other could give or take.
 */
export function moved(shares, locked, index, wanted) {
  const others = shares.map((_, i) => i).filter(i => i !== index && !locked[i]);
  if (others.length === 0) {
    return shares;
  }

  const fixed = shares.reduce((sum, share, i) => sum + (i !== index && locked[i] ? share : 0), 0);
  const own = Math.round(Math.min(Math.max(wanted, 0), TOTAL - fixed));
  const rest = apportion(TOTAL - fixed - own, others.map(i => shares[i]), true);
  return shares.map((share, i) => i === index ? own : locked[i] ? share : rest[others.indexOf(i)]);
}

/** All that are not locked share evenly what the locked ones leave. */
export function evened(shares, locked) {
  const free = shares.map((_, i) => i).filter(i => !locked[i]);
  const fixed = shares.reduce((sum, share, i) => sum + (locked[i] ? share : 0), 0);
  const even = apportion(TOTAL - fixed, free.map(() => 1), true);
  return shares.map((share, i) => locked[i] ? share : even[free.indexOf(i)]);
}

/** Weights that mean these shares: percents where all are whole ones. */
export function weightsOf(shares) {
  return shares.every(share => share % 10 === 0) ? shares.map(share => share / 10) : [...shares];
}

export function percent(share) {
  return `${share / 10} %`;
}

// Whole parts by the largest remainder, so that they add up exactly.
function apportion(total, weights, evenly) {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) {
    return evenly && weights.length > 0 ? apportion(total, weights.map(() => 1), true) : weights.map(() => 0);
  }

  const exact = weights.map(weight => total * weight / sum);
  const parts = exact.map(Math.floor);
  const order = exact.map((value, i) => [value - parts[i], i]).sort(([a, i], [b, j]) => b - a || i - j);
  const left = total - parts.reduce((all, part) => all + part, 0);
  order.slice(0, left).forEach(([, i]) => { parts[i]++; });
  return parts;
}
