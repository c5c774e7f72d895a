// The dry run of routing: asks where a request would go, and shows the decision step by step.
import { call } from './api.js';
import { behaviour } from './behaviours.js';
import { element } from './dialogs.js';
import { entryOf } from './entry-form.js';
import { namesOf, numberOf, pairsOf } from './entry-values.js';
import { clearFaults, showFaults } from './faults.js';
import { explanation } from './explanation.js';

behaviour('explain', (section, signal) => {
  const form = section.querySelector('form');
  const place = section.querySelector('#explanation');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    clearFaults(form);
    const button = form.querySelector('#explain-run');
    button.disabled = true;
    try {
      const body = requestOf(form);
      const rule = document.getElementById('entry-form');
      if ('withRule' in section.dataset) {
        clearFaults(rule);
        body.rule = entryOf(rule);
      }

      place.replaceChildren(element('div', { class: 'skeleton explain-wait', 'aria-label': 'Asking' }));
      const { answer } = await call('POST', '/rules/explain', body);
      place.replaceChildren(explanation(answer));
    } catch (error) {
      place.replaceChildren();
      report(form, document.getElementById('entry-form'), error);
    } finally {
      button.disabled = false;
    }
  }, { signal });
});

// Faults of the rule that is tried belong to its own form.
function report(form, ruleForm, error) {
  const details = error.details ?? [];
  const ofRule = details.filter(({ field }) => field === 'json' || field.startsWith('rule.'));
  if (ruleForm && ofRule.length) {
    showFaults(ruleForm, { details: ofRule.map(({ field, message }) => ({ field: field.replace(/^rule\./, ''), message })) });
  }

  const others = details.filter(detail => !ofRule.includes(detail));
  if (others.length || !ofRule.length) {
    showFaults(form, { message: error.message, details: others });
  }
}

function requestOf(form) {
  const text = name => form.elements[name].value.trim();
  const body = {};
  const add = (name, value) => {
    if (value !== '' && !(Array.isArray(value) && value.length === 0)) {
      body[name] = value;
    }
  };
  ['model', 'version', 'user_tier', 'hash_key'].forEach(name => add(name, text(name)));
  ['prompt_length', 'roll'].forEach(name => add(name, numberOf(text(name))));
  ['capabilities', 'implied_capabilities'].forEach(name => add(name, namesOf(text(name))));
  ['headers', 'labels'].forEach(name => text(name) && add(name, pairsOf(text(name))));
  add('time', text('time') && `${text('time').length === 16 ? `${text('time')}:00` : text('time')}Z`);
  if (text('metadata')) {
    try {
      body.metadata = JSON.parse(text('metadata'));
    } catch (error) {
      throw Object.assign(error, { details: [{ field: 'metadata', message: `is no JSON: ${error.message}` }] });
    }
  }

  return body;
}
