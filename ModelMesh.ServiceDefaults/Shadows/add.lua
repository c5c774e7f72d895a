-- Adds what one gateway counted of a pair of versions to what all of them did.
-- 1. the figures are of a newer revision of either version than the batch -> 0
-- 2. they are of an older one, or there are none: they begin anew, now
-- 3. this batch of the gateway is in them already (its answer was lost) -> 0
-- 4. add, remember the batch, put off the expiry -> 1
-- KEYS  1 figures (hash)
-- ARGV  1 gateway  2 the batch's number  3 revision of the version that answered  4 revision of the shadow version  5 how long they stay, in ms
--       6 field  7 by how much  8… more fields
local real = tonumber(redis.call('HGET', KEYS[1], 'real_revision') or '0')
local shadow = tonumber(redis.call('HGET', KEYS[1], 'shadow_revision') or '0')
if tonumber(ARGV[3]) < real or tonumber(ARGV[4]) < shadow then
  return 0
end

if tonumber(ARGV[3]) > real or tonumber(ARGV[4]) > shadow then
  local clock = redis.call('TIME')
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'real_revision', ARGV[3], 'shadow_revision', ARGV[4], 'since', string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000)))
end

local batch = 'batch:' .. ARGV[1]
if redis.call('HGET', KEYS[1], batch) == ARGV[2] then
  return 0
end

for i = 6, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
end

redis.call('HSET', KEYS[1], batch, ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
