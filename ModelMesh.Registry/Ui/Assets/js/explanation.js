// An explanation as it is shown: what came out, the steps that led there, each rule with its conditions, each version with its place.
import { element } from './dialogs.js';

const by = {
  model: 'the model that it names',
  rule: 'a rule',
  capabilities: 'what it needs',
  default: 'the default',
  unknown_model: 'refused: nothing is registered under that name',
  missing_capability: 'refused: no model can do what it demands',
  nothing: 'refused: nothing routes it',
};

export function explanation({ decision, routes, steps, rules, versions, revision }) {
  return element('div', { class: 'stack', id: 'explained' },
    verdict(decision, routes),
    element('section', { class: 'card' },
      element('h2', {}, 'Step by step'),
      element('ol', { class: 'explain-steps' }, ...steps.map(({ step, outcome }) => element('li', {}, element('span', { class: 'tag' }, `step ${step}`), ` ${outcome}`))),
      element('p', { class: 'quiet' }, `Decided by the catalog at revision ${revision}.`)),
    rules.length ? element('section', { class: 'stack' }, element('h2', {}, 'Rules'), ...rules.map(ruleCard)) : null,
    versions.length ? versionTable(versions) : null);
}

function verdict(decision, routes) {
  const refused = decision.error;
  const first = routes[0];
  return element('section', { class: `card explain-verdict ${refused ? 'refused' : 'routed'}`, id: 'explain-verdict', 'data-by': decision.by },
    element('p', { class: 'quiet' }, `By ${by[decision.by] ?? decision.by}${decision.rule ? ` “${decision.rule}”` : ''}${decision.target && decision.target !== decision.model ? `, to “${decision.target}”` : ''}`),
    element('p', { class: 'explain-answer' }, refused ? `✕ ${refused.code}: ${refused.message}` : `→ ${first.model} @ ${first.version}${first.adapter ? ` with ${first.adapter}` : ''}`),
    refused || decision.certain ? null : element('p', { class: 'quiet' }, 'Weights leave it open: this is the likeliest. The shares stand below; a hash key or a roll makes it certain.'));
}

function ruleCard({ name, priority, weight, share, taken, outcome, conditions }) {
  return element('article', { class: `card explain-rule ${taken ? 'taken' : ''}` },
    element('header', {},
      element('h3', {}, `${taken ? '✓ ' : ''}${name}`),
      element('span', { class: 'tag' }, `priority ${priority}`),
      share === undefined ? null : element('span', { class: 'tag' }, `weight ${weight}, ${percent(share)} of such requests`)),
    element('p', {}, outcome),
    element('ul', { class: 'explain-conditions' }, ...conditions.map(({ field, operator, value, actual, holds }) => element('li', { class: holds ? 'holds' : 'fails' },
      element('strong', {}, holds ? '✓ holds' : '✕ does not'),
      ` ${field} ${operator} ${value === undefined ? '' : JSON.stringify(value)} `,
      element('span', { class: 'quiet' }, actual === undefined ? 'the request has nothing there' : `the request has “${actual}”`)))));
}

function versionTable(versions) {
  return element('section', { class: 'card table-card' },
    element('table', { id: 'explain-versions' },
      element('thead', {}, element('tr', {}, ...['Tried', 'Model', 'Version', 'Share', 'Why'].map(text => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, ...versions.map(({ model, version, place, share, outcome }) => element('tr', { class: place ? '' : 'off' },
        element('td', { 'data-label': 'Tried' }, place ? `${place}.` : 'not'),
        element('td', { 'data-label': 'Model', class: 'routing-name' }, model),
        element('td', { 'data-label': 'Version', class: 'routing-name' }, version ?? '–'),
        element('td', { 'data-label': 'Share' }, share === undefined ? '–' : percent(share)),
        element('td', { 'data-label': 'Why' }, outcome))))));
}

function percent(share) {
  return `${Math.round(share * 1000) / 10} %`;
}
