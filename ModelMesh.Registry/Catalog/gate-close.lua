-- Closes a gate for good if nothing runs behind it. The closed gate stays a while, so that a replica that has not heard cannot open it again.
-- 1. the gate is newer than the revision to close -> 'stale', its revision
-- 2. forget expired leases; live ones are left -> 'active', how many
-- 3. close -> 'closed'
-- KEYS  1 gate (hash)  2 leases (sorted set)
-- ARGV  1 revision to close  2 how long the closed gate stays, in ms
local revision = redis.call('HGET', KEYS[1], 'revision')
if revision and tonumber(revision) > tonumber(ARGV[1]) then
  return {'stale', revision}
end

local clock = redis.call('TIME')
local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local active = redis.call('ZCARD', KEYS[2])
if active > 0 then
  return {'active', string.format('%d', active)}
end

redis.call('HSET', KEYS[1], 'state', 'closed', 'revision', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {'closed'}
