// The filter is the page's address, so that it can be kept and sent to others. What is asked for is fetched as soon as a field has changed.
import { behaviour } from './behaviours.js';
import { refresh } from './navigation.js';

behaviour('request-filter', (form, signal) => {
  form.addEventListener('change', () => apply(), { signal });
  form.addEventListener('submit', event => {
    event.preventDefault();
    apply();
  }, { signal });

  function apply() {
    const fields = [...new FormData(form)].filter(([, value]) => value !== '');
    const query = new URLSearchParams(fields).toString();
    history.replaceState(null, '', query ? `/ui/requests?${query}` : '/ui/requests');
    refresh();
  }
});
