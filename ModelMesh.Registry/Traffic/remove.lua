-- Removes an entry of the traffic.
-- 1. not there -> 'missing'
-- 2. another revision was expected -> 'mismatch', the revision it has
-- 3. an alias that others refer to -> 'referenced', how many, the first ten of their ids
-- 4. count the catalog's revision up, remove the entry, tell everyone -> 'ok'
-- KEYS  1 traffic (hash)  2 revision (counter)
-- ARGV  1 id  2 channel  3 expected revision, '' for any
local before = redis.call('HGET', KEYS[1], ARGV[1])
if not before then
  return {'missing'}
end

local has = string.match(before, '^(%d+) ')
if ARGV[3] ~= '' and ARGV[3] ~= has then
  return {'mismatch', has}
end

local found = referrers(KEYS[1], {[ARGV[1]] = true})
if #found > 0 then
  return referenced(found)
end

local revision = string.format('%d', redis.call('INCR', KEYS[2]))
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[2], '{"revision":' .. revision .. ',"kind":"removed","id":"' .. ARGV[1] .. '"}')
return {'ok'}
