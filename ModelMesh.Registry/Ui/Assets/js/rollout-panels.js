// The panels of a rollout's chart. A panel is given where it is (top, bottom), and has one column for each step.
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }

  made.append(...children);
  return made;
}

/** The staircase: planned shares as outlines, reached ones filled, the step that runs marked. */
export function sharePanel(frame, at, rollout, steps) {
  const body = inside(at);
  const y = percent => body.bottom - (body.bottom - body.top) * percent / 100;
  const parts = [...axes(frame, at, 'Traffic to the new version', [[0, '0'], [50, '50 %'], [100, '100 %']].map(([value, text]) => [y(value), text]))];
  const every = Math.ceil(steps.length / Math.max(1, Math.floor((frame.right - frame.left) / 44)));
  steps.forEach((step, index) => {
    const { left, right } = column(frame, index);
    const gap = right - left > 8 ? 1 : 0;
    const box = percent => ({ x: left + gap, y: y(percent), width: Math.max(1, right - left - 2 * gap), height: Math.max(0, body.bottom - y(percent)), rx: 2 });
    const reached = step.state === 'ahead' ? null : step.state === 'now' ? rollout.to_share : step.planned;
    if (reached === null || Math.abs(reached - step.planned) >= 1) {
      parts.push(svg('rect', { class: 'planned', ...box(step.planned) }));
    }

    if (reached !== null) {
      parts.push(svg('rect', { class: `reached ${step.state}`, ...box(reached) }));
    }

    if (index % every === 0 || step.state === 'now' || step.state === 'stopped') {
      const mark = step.state === 'now' ? ' ◀' : step.state === 'stopped' ? ' ✕' : '';
      parts.push(svg('text', { class: `tick ${step.state}`, x: (left + right) / 2, y: at.bottom + 14, 'text-anchor': 'middle' }, `${step.planned} %${mark}`));
    }
  });
  return parts;
}

/** Both versions' values by step, as points that are joined, and the limit as a dashed line. */
export function linePanel(frame, at, { title, steps, from, to, limit, least, text }) {
  const body = inside(at);
  const values = steps.flatMap(step => [step[from], step[to]]).filter(value => typeof value === 'number');
  const most = Math.max(least, ...values, limit ?? 0) * 1.15;
  const y = value => body.bottom - (body.bottom - body.top) * value / most;
  const parts = [...axes(frame, at, title, [[y(0), '0'], [y(most), values.length || limit ? text(most) : '']])];
  if (typeof limit === 'number') {
    parts.push(
      svg('line', { class: 'limit', x1: frame.left, x2: frame.right, y1: y(limit), y2: y(limit) }),
      svg('text', { class: 'limit-text', x: frame.right, y: y(limit) - 4, 'text-anchor': 'end' }, `limit ${text(limit)}`));
  }

  // A little apart, so that equal values hide neither.
  for (const [field, kind, apart] of [[from, 'from', -4], [to, 'to', 4]]) {
    const points = steps.map((step, index) => [column(frame, index), step[field]]).filter(([, value]) => typeof value === 'number')
      .map(([{ left, right }, value]) => [(left + right) / 2 + apart, y(value), value]);
    parts.push(svg('polyline', { class: `line ${kind}`, points: points.map(([x, up]) => `${x},${up}`).join(' ') }));
    for (const [x, up, value] of points) {
      const mark = kind === 'to' ? svg('circle', { class: 'point to', cx: x, cy: up, r: 4 }) : svg('rect', { class: 'point from', x: x - 3.5, y: up - 3.5, width: 7, height: 7 });
      mark.append(svg('title', {}, text(value)));
      parts.push(mark);
    }
  }

  if (values.length === 0) {
    parts.push(svg('text', { class: 'tick', x: (frame.left + frame.right) / 2, y: (body.top + body.bottom) / 2 + 4, 'text-anchor': 'middle' }, 'nothing seen yet'));
  }

  return parts;
}

function axes(frame, at, title, ticks) {
  return [
    svg('text', { class: 'panel-title', x: 0, y: at.top + 12 }, title),
    ...ticks.flatMap(([y, text]) => [
      svg('line', { class: 'grid', x1: frame.left, x2: frame.right, y1: y, y2: y }),
      svg('text', { class: 'tick', x: frame.left - 6, y: y + 4, 'text-anchor': 'end' }, text),
    ]),
  ];
}

function inside({ top, bottom }) {
  return { top: top + 24, bottom };
}

function column(frame, index) {
  const width = (frame.right - frame.left) / frame.steps;
  return { left: frame.left + index * width, right: frame.left + (index + 1) * width };
}
