-- Marks a model version as draining: it is deleted once it is idle, by whichever replica finds it so.
-- 1. not there -> 'missing'
-- 2. another revision was expected -> 'mismatch', the revision it has
-- 3. it drains already -> 'ok', what is stored
-- 4. entries refer to it, or to its name and no other version is left to serve -> 'referenced', how many, the first ten of their ids
-- 5. count the catalog's revision up, mark the model under it, tell everyone -> 'ok', what is stored
-- KEYS  1 models (hash)  2 revision (counter)  3 traffic (hash)
-- ARGV  1 id  2 channel  3 expected revision, '0' for any
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then
  return {'missing'}
end

local has, draining, created, weight, definition = string.match(stored, '^(%d+) (%d) (%d+) %d+([ %d]*)\n(.*)$')
if ARGV[3] ~= '0' and ARGV[3] ~= has then
  return {'mismatch', has}
end

if draining == '1' then
  return {'ok', stored}
end

local found = referrers(KEYS[3], needed(KEYS[1], ARGV[1]))
if #found > 0 then
  return referenced(found)
end

local clock = redis.call('TIME')
local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
local revision = string.format('%d', redis.call('INCR', KEYS[2]))
stored = revision .. ' 1 ' .. created .. ' ' .. now .. weight .. '\n' .. definition
redis.call('HSET', KEYS[1], ARGV[1], stored)
redis.call('PUBLISH', ARGV[2], '{"revision":' .. revision .. ',"kind":"draining","id":"' .. ARGV[1] .. '"}')
return {'ok', stored}
