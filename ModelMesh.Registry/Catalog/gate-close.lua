-- Closes a gate for good if nothing runs behind it. The closed gate stays a while, so that a replica that has not heard cannot open it again.
-- 1. the gate is newer than the revision to close -> 'stale', its revision
-- 2. forget expired leases; live ones are left, or waiters that will get a slot since the gate is open -> 'active', how many run, how many wait
-- 3. close, forget the queue, have those who wait look -> 'closed'
-- KEYS  1 gate (hash)  2 leases (sorted set)  3 queue (sorted set)  4 waiting (sorted set: waiter id -> expiry in ms)  5 pace (hash)
-- ARGV  1 revision to close  2 how long the closed gate stays, in ms  3 channel  4 model id
local gate = redis.call('HMGET', KEYS[1], 'revision', 'state')
if gate[1] and tonumber(gate[1]) > tonumber(ARGV[1]) then
  return {'stale', gate[1]}
end

local clock = redis.call('TIME')
local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local active = redis.call('ZCARD', KEYS[2])
local waiting = 0
if gate[2] == 'open' and redis.call('ZCARD', KEYS[3]) > 0 then
  waiting = redis.call('ZCOUNT', KEYS[4], '(' .. now, '+inf')
end

if active + waiting > 0 then
  return {'active', string.format('%d', active), string.format('%d', waiting)}
end

redis.call('HSET', KEYS[1], 'state', 'closed', 'revision', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[3], KEYS[4], KEYS[5])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return {'closed'}
