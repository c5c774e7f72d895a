// A rollout's steps as a picture: what each plans and what is reached, failures and times to first token of both versions, with their limits.
// The table below it has the same numbers.
import { behaviour } from './behaviours.js';
import { onLive } from './live.js';
import { linePanel, sharePanel, svg } from './rollout-panels.js';

behaviour('rollout-chart', (element, signal) => {
  let { rollout, steps } = JSON.parse(element.dataset.chart);
  const draw = () => {
    element.replaceChildren(picture(rollout, steps, Math.max(280, element.clientWidth)));
  };
  onLive('rollouts', state => {
    // A page that was fetched after the stream's last word knows more: how it ended.
    const page = JSON.parse(element.dataset.chart);
    const live = state.get(page.rollout.key);
    if (live?.request_id === page.rollout.request_id && live.revision >= page.rollout.revision) {
      rollout = live;
      steps = page.steps.map(step => state.get(`${live.key}/${step.step}`) ?? step);
    } else if (page.rollout.revision >= rollout.revision) {
      ({ rollout, steps } = page);
    }

    draw();
  }, signal);
  const resized = new ResizeObserver(draw);
  resized.observe(element);
  signal.addEventListener('abort', () => resized.disconnect());
  draw();
});

function picture(rollout, steps, width) {
  const frame = { left: 62, right: width - 10, width, steps: steps.length };
  const panels = [
    { height: 132, draw: at => sharePanel(frame, at, rollout, steps) },
    { height: 112, draw: at => linePanel(frame, at, {
      title: 'Failed requests', steps, from: 'from_error_rate', to: 'to_error_rate', limit: rollout.max_error_rate, least: 0.01, text: value => `${round(value * 100)} %`,
    }) },
    { height: 112, draw: at => linePanel(frame, at, {
      title: 'Time to first token, p95', steps, from: 'from_ttft_ms', to: 'to_ttft_ms', limit: rollout.max_ttft_p95_ms, least: 10, text: value => `${round(value)} ms`,
    }) },
  ];
  let top = 0;
  const drawn = panels.flatMap(({ height, draw }) => {
    const parts = draw({ top, bottom: top + height - 26 });
    top += height;
    return parts;
  });
  const label = `${rollout.status}, ${rollout.step === 0 ? 'not begun' : `step ${rollout.step} of ${rollout.step_count}`}: ${round(rollout.to_share)} % of the traffic goes to ${rollout.to}`;
  return svg('svg', { viewBox: `0 0 ${width} ${top}`, width, height: top, role: 'img', 'aria-label': label }, ...drawn);
}

function round(value) {
  return String(value >= 100 ? Math.round(value) : Math.round(value * 10) / 10);
}
