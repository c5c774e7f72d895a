-- Removes the revision of a model version whose gate was closed for good.
-- 1. not there -> 'missing'
-- 2. it has changed since the gate was closed -> 'mismatch', the revision it has
-- 3. count the catalog's revision up, remove the model, tell everyone -> 'ok'
-- KEYS  1 models (hash)  2 revision (counter)
-- ARGV  1 id  2 channel  3 revision the gate was closed for
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then
  return {'missing'}
end

local has = string.match(stored, '^(%d+) ')
if ARGV[3] ~= has then
  return {'mismatch', has}
end

local revision = string.format('%d', redis.call('INCR', KEYS[2]))
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[2], '{"revision":' .. revision .. ',"kind":"deleted","id":"' .. ARGV[1] .. '"}')
return {'ok'}
