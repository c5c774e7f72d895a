// The line of a figure's last samples as an SVG path: x counts samples, the newest is LAST, y is the figure; a gap in x is a gap in the line. Pure.
export const LAST = 59;

/** The points of a path as the server or pathOf wrote it: [[x, y]…]. */
export function pointsOf(path) {
  const points = [];
  for (const [, x, y] of (path ?? '').matchAll(/[ML](\d+) ([\d.]+)/g)) {
    if (points.at(-1)?.[0] !== Number(x)) {
      points.push([Number(x), Number(y)]);
    }
  }

  return points;
}

export function pathOf(points) {
  return points.map(([x, y], i) => {
    const begins = points[i - 1]?.[0] !== x - 1;
    const place = `${x} ${Math.round(y * 10) / 10}`;
    const alone = begins && points[i + 1]?.[0] !== x + 1;
    return `${begins ? 'M' : 'L'}${place}${alone ? `L${place}` : ''}`;
  }).join('');
}

/** One sample later; a value that is no number leaves a gap. */
export function advanced(points, value) {
  const moved = points.map(([x, y]) => [x - 1, y]).filter(([x]) => x >= 0);
  return typeof value === 'number' ? [...moved, [LAST, value]] : moved;
}

export function heightOf(points) {
  return Math.max(...points.map(([, y]) => y), 0) * 1.1 || 1;
}
