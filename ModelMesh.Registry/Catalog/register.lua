-- Adds a model version that does not exist yet.
-- 1. exists -> 'exists'
-- 2. an alias has the model's name, or the version's as requests write it -> 'alias'
-- 3. count the catalog's revision up, store the model under it, tell everyone -> 'ok', what is stored
-- KEYS  1 models (hash)  2 revision (counter)  3 traffic (hash)
-- ARGV  1 id  2 definition (JSON)  3 channel  4 weight
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then
  return {'exists'}
end

local whole = string.gsub(ARGV[1], '@', '%%40')
if redis.call('HEXISTS', KEYS[3], 'alias/' .. string.match(ARGV[1], '^[^@]*')) == 1 or redis.call('HEXISTS', KEYS[3], 'alias/' .. whole) == 1 then
  return {'alias'}
end

local clock = redis.call('TIME')
local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
local revision = string.format('%d', redis.call('INCR', KEYS[2]))
local stored = revision .. ' 0 ' .. now .. ' ' .. now .. ' ' .. ARGV[4] .. ' 0\n' .. ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], stored)
redis.call('PUBLISH', ARGV[3], '{"revision":' .. revision .. ',"kind":"registered","id":"' .. ARGV[1] .. '"}')
return {'ok', stored}
