-- Replaces the definition of a model version.
-- 1. not there -> 'missing'
-- 2. another revision was expected -> 'mismatch', the revision it has
-- 3. it drains, so it is about to be gone -> 'draining'
-- 4. a rollout of the model runs, which sets the weights: they stay; another one was given -> 'rollout'
-- 5. count the catalog's revision up, store the model under it, tell everyone -> 'ok', what is stored
-- KEYS  1 models (hash)  2 revision (counter)  3 traffic (hash)
-- ARGV  1 id  2 definition (JSON)  3 channel  4 expected revision, '0' for any  5 weight  6 '1' where the weight was given, '0' where it is the default
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then
  return {'missing'}
end

local has, draining, created, weights = string.match(stored, '^(%d+) (%d) (%d+) %d+([ %d]*)\n')
if ARGV[4] ~= '0' and ARGV[4] ~= has then
  return {'mismatch', has}
end

if draining == '1' then
  return {'draining'}
end

if weights ~= '' and rolls(KEYS[3], ARGV[1]) then
  if ARGV[6] == '1' and ARGV[5] ~= string.match(weights, '%d+') then
    return {'rollout'}
  end
else
  weights = ' ' .. ARGV[5] .. ' 0'
end

local clock = redis.call('TIME')
local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
local revision = string.format('%d', redis.call('INCR', KEYS[2]))
stored = revision .. ' 0 ' .. created .. ' ' .. now .. weights .. '\n' .. ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], stored)
redis.call('PUBLISH', ARGV[3], '{"revision":' .. revision .. ',"kind":"updated","id":"' .. ARGV[1] .. '"}')
return {'ok', stored}
