-- Replaces the definition of a model version.
-- 1. not there -> 'missing'
-- 2. another revision was expected -> 'mismatch', the revision it has
-- 3. it drains, so it is about to be gone -> 'draining'
-- 4. count the catalog's revision up, store the model under it, tell everyone -> 'ok', what is stored
-- KEYS  1 models (hash)  2 revision (counter)
-- ARGV  1 id  2 definition (JSON)  3 channel  4 expected revision, '0' for any
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then
  return {'missing'}
end

local has, draining, created = string.match(stored, '^(%d+) (%d) (%d+) ')
if ARGV[4] ~= '0' and ARGV[4] ~= has then
  return {'mismatch', has}
end

if draining == '1' then
  return {'draining'}
end

local clock = redis.call('TIME')
local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
local revision = string.format('%d', redis.call('INCR', KEYS[2]))
stored = revision .. ' 0 ' .. created .. ' ' .. now .. '\n' .. ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], stored)
redis.call('PUBLISH', ARGV[3], '{"revision":' .. revision .. ',"kind":"updated","id":"' .. ARGV[1] .. '"}')
return {'ok', stored}
