// The form that starts a rollout: says what it comes to, sends it, and puts faults at their fields.
import { call } from './api.js';
import { behaviour } from './behaviours.js';
import { toast } from './dialogs.js';
import { clearFaults, showFaults } from './faults.js';
import { navigate } from './navigation.js';

behaviour('choose-model', (form, signal) => {
  form.addEventListener('change', () => navigate(`/ui/start-rollout?model=${encodeURIComponent(form.elements.model.value)}`), { signal });
});

behaviour('rollout-form', (form, signal) => {
  const showPlan = () => {
    document.getElementById('rollout-plan').textContent = planOf(bodyOf(form));
  };
  form.addEventListener('input', showPlan, { signal });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('#start-rollout');
    button.disabled = true;
    clearFaults(form);
    try {
      await call('POST', `/models/${encodeURIComponent(form.dataset.model)}/rollouts`, bodyOf(form));
      toast('The rollout has started.');
      await navigate(`/ui/rollouts/${encodeURIComponent(form.dataset.model)}`);
    } catch (error) {
      // The field counts in percent, the API from 0 to 1.
      error.details = error.details?.map(fault => fault.field === 'max_error_rate' ? { ...fault, message: 'must be a number from 0 to 100' } : fault);
      showFaults(form, error);
    } finally {
      button.disabled = false;
    }
  }, { signal });
  showPlan();
});

/** What the API is asked; a field that is empty, or is not the strategy's, is left out. */
export function bodyOf(form) {
  const text = name => form.elements[name].value.trim();
  const strategy = form.elements.strategy.value;
  const body = { from: text('from'), to: text('to'), strategy };
  const add = (name, value, ...of) => {
    if (value !== '' && (of.length === 0 || of.includes(strategy))) {
      body[name] = value;
    }
  };
  const steps = text('steps').split(/[\s,;]+/).filter(step => step);
  add('steps', steps.length ? steps.map(asNumber) : '', 'canary', 'rolling');
  add('step_duration', asNumber(text('step_duration')));
  add('step_timeout', asNumber(text('step_timeout')), 'canary');
  add('drain_timeout', asNumber(text('drain_timeout')), 'blue_green');
  const rate = asNumber(text('max_error_rate'));
  add('max_error_rate', typeof rate === 'number' ? rate / 100 : rate);
  add('max_ttft_p95_ms', asNumber(text('max_ttft_p95_ms')));
  add('min_requests', asNumber(text('min_requests')));
  return body;
}

// What is no number is sent as it is: the API says what is wrong with it.
function asNumber(text) {
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function planOf({ strategy, steps = [10, 25, 50, 75, 100], step_duration: duration = 60 }) {
  const seconds = secondsOf(duration);
  if (Number.isNaN(seconds)) {
    return '';
  }

  const count = strategy === 'blue_green' ? 1 : steps.length;
  return `${count} ${count === 1 ? 'step' : 'steps'}, at least ${durationText(count * seconds)} in all.`;
}

function secondsOf(duration) {
  const parts = /^([\d.]+)\s*(ms|s|m|h|d)?$/.exec(String(duration));
  return parts ? Number(parts[1]) * { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 }[parts[2] ?? 's'] : NaN;
}

function durationText(seconds) {
  const round = value => String(Math.round(value * 10) / 10);
  return seconds < 120 ? `${round(seconds)} s` : seconds < 7200 ? `${round(seconds / 60)} min` : seconds < 172800 ? `${round(seconds / 3600)} h` : `${round(seconds / 86400)} days`;
}
