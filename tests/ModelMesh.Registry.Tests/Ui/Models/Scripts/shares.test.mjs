import test from 'node:test';
import assert from 'node:assert/strict';
import { TOTAL, evened, moved, sharesOf, weightsOf } from '../../../../../ModelMesh.Registry/Ui/Assets/js/shares.js';

const sum = shares => shares.reduce((all, share) => all + share, 0);

test('sharesOf: whole parts that add up, in proportion to the weights', () => {
  assert.deepEqual(sharesOf([90, 10]), [900, 100]);
  assert.deepEqual(sharesOf([1, 1, 1]), [334, 333, 333]);
  assert.deepEqual(sharesOf([1_000_000, 0]), [1000, 0]);
  assert.deepEqual(sharesOf([0, 0]), [0, 0]);
});

test('moved: what one is given the others lose in proportion', () => {
  assert.deepEqual(moved([500, 300, 200], [false, false, false], 0, 600), [600, 240, 160]);
  assert.deepEqual(moved([500, 300, 200], [false, false, false], 0, 0), [0, 600, 400]);
  assert.deepEqual(moved([1000, 0, 0], [false, false, false], 0, 400), [400, 300, 300]);
});

test('moved: a locked one keeps its own, and is the limit for the others', () => {
  assert.deepEqual(moved([500, 300, 200], [false, false, true], 0, 700), [700, 100, 200]);
  assert.deepEqual(moved([500, 300, 200], [false, false, true], 0, 1000), [800, 0, 200]);
  assert.deepEqual(moved([500, 500], [false, true], 0, 900), [500, 500]);
});

test('moved: from nothing the sum becomes whole', () => {
  assert.deepEqual(moved([0, 0, 0], [false, false, false], 1, 500), [250, 500, 250]);
});

test('moved: the sum holds and nothing is below zero, whatever is done', () => {
  let seed = 42;
  const random = below => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 2000; round++) {
    const count = 2 + random(6);
    let shares = sharesOf(Array.from({ length: count }, () => 1 + random(100)));
    const locked = shares.map(() => random(4) === 0);
    for (let step = 0; step < 5; step++) {
      const before = shares;
      shares = moved(shares, locked, random(count), random(1400) - 200);
      assert.equal(sum(shares), TOTAL);
      assert.ok(shares.every(share => share >= 0 && Number.isInteger(share)), `${before} → ${shares}`);
    }
  }
});

test('evened: what the locked ones leave is shared evenly', () => {
  assert.deepEqual(evened([700, 200, 100], [false, false, false]), [334, 333, 333]);
  assert.deepEqual(evened([700, 200, 100], [false, false, true]), [450, 450, 100]);
  assert.deepEqual(evened([500, 500], [true, true]), [500, 500]);
});

test('weightsOf: percents where they are whole ones', () => {
  assert.deepEqual(weightsOf([900, 100]), [90, 10]);
  assert.deepEqual(weightsOf([905, 95]), [905, 95]);
});
