-- Removes the revision of a model version whose gate was closed for good.
-- 1. not there -> 'missing'
-- 2. it has changed since the gate was closed -> 'mismatch', the revision it has
-- 3. entries refer to it that came after its gate was closed (to one that drains none can) -> it stays, under a new revision, by which its gate opens again:
--    count the catalog's revision up, store the model under it, tell everyone -> 'referenced', what is stored, how many
--    entries, the first ten of their ids
-- 4. count the catalog's revision up, remove the model, tell everyone -> 'ok'
-- KEYS  1 models (hash)  2 revision (counter)  3 traffic (hash)
-- ARGV  1 id  2 channel  3 revision the gate was closed for
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then
  return {'missing'}
end

local has, draining, rest = string.match(stored, '^(%d+) (%d)(.*)$')
if ARGV[3] ~= has then
  return {'mismatch', has}
end

local found = draining == '0' and referrers(KEYS[3], needed(KEYS[1], ARGV[1])) or {}
local revision = string.format('%d', redis.call('INCR', KEYS[2]))
if #found > 0 then
  stored = revision .. ' 0' .. rest
  redis.call('HSET', KEYS[1], ARGV[1], stored)
  redis.call('PUBLISH', ARGV[2], '{"revision":' .. revision .. ',"kind":"updated","id":"' .. ARGV[1] .. '"}')
  return referenced(found, stored)
end

redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[2], '{"revision":' .. revision .. ',"kind":"deleted","id":"' .. ARGV[1] .. '"}')
return {'ok'}
