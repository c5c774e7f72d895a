import test from 'node:test';
import assert from 'node:assert/strict';
import { bodyOf, complete, differences, get, pathText, put, rebased } from '../../../../../ModelMesh.Registry/Ui/Assets/js/model-body.js';
import { textOf, valueOf } from '../../../../../ModelMesh.Registry/Ui/Assets/js/field-values.js';

const defaults = { name: '', weight: 100, timeouts: { first_token_ms: 60000, idle_ms: 30000 }, backend: {}, labels: {} };

test('bodyOf: what only the mesh says is left out', () => {
  assert.deepEqual(bodyOf({ name: 'a', mock: true, status: 'ready', revision: 3, weight: 5, endpoints: [] }), { name: 'a', weight: 5 });
});

test('complete: bodies that mean the same are the same', () => {
  const short = complete({ name: 'a', timeouts: { idle_ms: 5 }, cache: true, labels: null }, defaults);
  const long = complete({ ...defaults, name: 'a', timeouts: { first_token_ms: 60000, idle_ms: 5 }, cache: { ttl: 300, enabled: true } }, defaults);
  assert.deepEqual(differences(short, long), []);
});

test('put: a path takes what is above it along, and goes with it when it is empty', () => {
  const body = { backend: { tokens: 5 } };
  assert.deepEqual(put(body, ['timeouts', 'idle_ms'], 5), { backend: { tokens: 5 }, timeouts: { idle_ms: 5 } });
  assert.deepEqual(put(put(body, ['timeouts', 'idle_ms'], 5), ['timeouts', 'idle_ms'], undefined), body);
  assert.deepEqual(put(body, ['backend', 'tokens'], undefined), { backend: {} });
  assert.deepEqual(body, { backend: { tokens: 5 } });
  assert.equal(get(body, ['backend', 'tokens', 'deeper']), undefined);
});

test('differences: field by field, whatever the order of names', () => {
  const changes = differences({ a: 1, b: { c: [1, 2], d: 1 }, gone: 'x' }, { b: { d: 1, c: [2, 1] }, a: 2, made: {} });
  assert.deepEqual(changes.map(({ path, before, after }) => [pathText(path), before, after]), [
    ['a', 1, 2], ['b.c', [1, 2], [2, 1]], ['gone', 'x', undefined], ['made', undefined, {}],
  ]);
  assert.equal(pathText(['labels', 'a.b c']), 'labels["a.b c"]');
});

test('rebased: mine on top of theirs, and what both changed is named', () => {
  const base = { weight: 100, cost: 1, labels: { a: '1' } };
  const { body, theirChanges, conflicts } = rebased(base, { weight: 50, cost: 1, labels: { a: '1', b: '2' } }, { weight: 70, cost: 3, labels: { a: '9' } });
  assert.deepEqual(body, { weight: 50, cost: 3, labels: { a: '9', b: '2' } });
  assert.deepEqual(theirChanges.map(({ path }) => pathText(path)), ['weight', 'cost', 'labels.a']);
  assert.deepEqual(conflicts.map(({ path }) => pathText(path)), ['weight']);
});

test('rebased: both changed the same way is no conflict', () => {
  assert.deepEqual(rebased({ weight: 1 }, { weight: 2 }, { weight: 2 }).conflicts, []);
});

test('fields: what a text means, and back', () => {
  for (const [kind, text, value] of [
    ['text', 'env:KEY', 'env:KEY'], ['number', '0.5', 0.5], ['lines', 'a\nb c', ['a', 'b c']], ['map', 'team=search\nlive', { team: 'search', live: '' }],
    ['json', '{\n  "tokens": 5\n}', { tokens: 5 }], ['flag', 'false', false], ['text', '', undefined],
  ]) {
    assert.deepEqual(valueOf(kind, text), value);
    assert.equal(textOf(kind, value), text);
  }

  assert.equal(valueOf('number', '1o'), '1o');
  assert.throws(() => valueOf('json', '[1]'), SyntaxError);
  assert.throws(() => valueOf('json', '{"a":'), SyntaxError);
});

test('fields: what no text of the kind can say has none', () => {
  assert.equal(textOf('map', { 'a=b': 'c' }), null);
  assert.equal(textOf('lines', ['a', 5]), null);
  assert.equal(textOf('number', {}), null);
});
