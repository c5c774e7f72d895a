// Goes on with the lines that the server began, one sample every five seconds, out of the live stream.
import { behaviour } from './behaviours.js';
import { onLive } from './live.js';
import { refresh } from './navigation.js';
import { LAST, advanced, heightOf, pathOf, pointsOf } from './sparkline.js';

const INTERVAL = 5000;

behaviour('sparks', (root, signal) => {
  let now = new Map();
  onLive('models', state => { now = state; }, signal);
  const timer = setInterval(() => document.hidden || step(root, now), INTERVAL);
  signal.addEventListener('abort', () => clearInterval(timer));

  // What happened while nobody looked is known to the server.
  let hiddenAt = 0;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      hiddenAt = Date.now();
    } else if (hiddenAt && Date.now() - hiddenAt >= INTERVAL) {
      refresh();
    }
  }, { signal });
});

function step(root, now) {
  for (const picture of root.querySelectorAll('[data-spark]')) {
    const path = picture.firstElementChild;
    const value = now.get(picture.closest('[data-live-key]')?.dataset.liveKey)?.[picture.dataset.spark];
    const before = path.getAttribute('d');
    if (!before && !value) {
      continue;
    }

    const points = advanced(pointsOf(before), value);
    const height = heightOf(points);
    path.setAttribute('d', pathOf(points));
    path.setAttribute('transform', `matrix(1 0 0 -1 0 ${height})`);
    picture.setAttribute('viewBox', `0 0 ${LAST} ${height}`);
  }
}
