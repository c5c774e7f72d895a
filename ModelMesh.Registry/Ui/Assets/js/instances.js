// The replicas' page: streams as they are, and the page anew when one that went is not to be shown any longer.
import { behaviour } from './behaviours.js';
import { onLive } from './live.js';
import { refresh } from './navigation.js';
import { show } from './values.js';

behaviour('instances', (list, signal) => {
  onLive('instances', (state, keys) => {
    for (const card of list.querySelectorAll('[data-live="instances"]')) {
      if (state.has(card.dataset.liveKey)) {
        show(card, state.get(card.dataset.liveKey));
        card.dataset.state = state.get(card.dataset.liveKey).state;
      }
    }

    if (keys.some(key => !state.has(key))) {
      refresh();
    }
  }, signal);
});
