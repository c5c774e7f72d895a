import test from 'node:test';
import assert from 'node:assert/strict';
import { advanced, heightOf, pathOf, pointsOf } from '../../../../../ModelMesh.Registry/Ui/Assets/js/sparkline.js';

test('a path is read as it is written, gaps and single points too', () => {
  for (const path of ['', 'M0 1L1 2.5L2 3', 'M0 1L1 2M5 3L5 3M7 1L8 1']) {
    assert.equal(pathOf(pointsOf(path)), path);
  }
});

test('one sample later all move to the left, and the oldest goes', () => {
  assert.equal(pathOf(advanced(pointsOf('M0 1L1 2M59 4L59 4'), 7)), 'M0 2L0 2M58 4L59 7');
  assert.equal(pathOf(advanced(pointsOf('M58 4L59 4'), null)), 'M57 4L58 4');
  assert.equal(pathOf(advanced([], undefined)), '');
});

test('the picture is never without height', () => {
  assert.equal(heightOf([]), 1);
  assert.equal(heightOf([[3, 0]]), 1);
  assert.ok(heightOf([[3, 10]]) > 10);
});
