-- Takes a slot of a model version, if its gate allows it.
-- 1. no gate -> 'no_gate'
-- 2. gate not open -> 'closed'
-- 3. gate newer than what the caller serves -> 'stale', its revision
-- 4. forget expired leases; all slots taken -> 'full', how many, of how many
-- 5. add the lease -> 'granted'
-- KEYS  1 gate (hash)  2 leases (sorted set: lease id -> expiry in ms)
-- ARGV  1 lease id  2 revision the caller serves  3 time to live in ms
local gate = redis.call('HMGET', KEYS[1], 'state', 'max_concurrency', 'revision')
if not gate[3] then
  return {'no_gate'}
end

if gate[1] ~= 'open' then
  return {'closed'}
end

if tonumber(gate[3]) > tonumber(ARGV[2]) then
  return {'stale', gate[3]}
end

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%d', now))
local active = redis.call('ZCARD', KEYS[2])
if active >= tonumber(gate[2]) then
  return {'full', string.format('%d', active), gate[2]}
end

redis.call('ZADD', KEYS[2], string.format('%d', now + ARGV[3]), ARGV[1])
return {'granted'}
