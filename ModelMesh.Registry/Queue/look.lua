-- Vouches for waiters of one process, and tells it their places.
-- 1. no gate, or not open -> '-1': all of them are to ask
-- 2. forget expired leases, and waiters that nobody has vouched for in time
-- 3. each that is in the queue gets a new expiry; its place, from 1, or 0 where it is not in there any more
-- -> how many slots are free, the pace as acquire.lua has it, the places in the order asked
-- KEYS  1 gate (hash)  2 leases (sorted set)  3 queue (sorted set)  4 waiting (sorted set)  5 pace (hash)
-- ARGV  1 time to live of a waiter in ms  2… waiter ids
local gate = redis.call('HMGET', KEYS[1], 'state', 'max_concurrency')
if gate[1] ~= 'open' then
  return {'-1'}
end

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%d', now))
local expiry = string.format('%d', now + ARGV[1])
local answer = {'', redis.call('HGET', KEYS[5], 'interval') or '0'}
for i = 2, #ARGV do
  if redis.call('ZSCORE', KEYS[3], ARGV[i]) then
    redis.call('ZADD', KEYS[4], expiry, ARGV[i])
  end
end

for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', string.format('%d', now))) do
  redis.call('ZREM', KEYS[3], gone)
  redis.call('ZREM', KEYS[4], gone)
end

for i = 2, #ARGV do
  local rank = redis.call('ZRANK', KEYS[3], ARGV[i])
  answer[#answer + 1] = string.format('%d', rank and rank + 1 or 0)
end

redis.call('PEXPIRE', KEYS[3], string.format('%d', ARGV[1] * 2))
redis.call('PEXPIRE', KEYS[4], string.format('%d', ARGV[1] * 2))
answer[1] = string.format('%d', math.max(0, gate[2] - redis.call('ZCARD', KEYS[2])))
return answer
