-- Gives back a slot, or a place in the queue, and wakes those whose turn it is then: they ask for the slot themselves.
-- 1. forget the lease; where there was none, the waiter
-- 2. nobody waits -> done
-- 3. it was a slot, and nobody was told to leave it: note how long it took until one became free, as a moving mean
-- 4. forget expired leases, and waiters that nobody has vouched for in time
-- 5. the gate is open: tell as many of the first waiters as slots are free
-- KEYS  1 gate (hash)  2 leases (sorted set)  3 queue (sorted set)  4 waiting (sorted set)  5 pace (hash: sequence, freed_at, interval)
--       6 early (sorted set: lease id that can be pre-empted -> score, negative once it was told to leave)
-- ARGV  1 lease and waiter id  2 channel  3 model id
local freed = redis.call('ZREM', KEYS[2], ARGV[1]) == 1
local early = redis.call('ZSCORE', KEYS[6], ARGV[1])
if early then
  redis.call('ZREM', KEYS[6], ARGV[1])
end

if not freed then
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('ZREM', KEYS[4], ARGV[1])
end

if redis.call('ZCARD', KEYS[3]) == 0 then
  return 0
end

local clock = redis.call('TIME')
if freed and not (early and tonumber(early) < 0) then
  local now = clock[1] * 1000000 + clock[2]
  local pace = redis.call('HMGET', KEYS[5], 'freed_at', 'interval')
  local took = math.max(1, now - (pace[1] or now))
  local mean = pace[2] and math.floor(0.8 * pace[2] + 0.2 * took) or took
  redis.call('HSET', KEYS[5], 'freed_at', string.format('%d', now), 'interval', string.format('%d', math.max(1, mean)))
end

local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now)) do
  redis.call('ZREM', KEYS[3], gone)
  redis.call('ZREM', KEYS[4], gone)
end

local gate = redis.call('HMGET', KEYS[1], 'state', 'max_concurrency')
local free = gate[1] == 'open' and gate[2] - redis.call('ZCARD', KEYS[2]) or 0
if free > 0 then
  local first = redis.call('ZRANGE', KEYS[3], '0', string.format('%d', free - 1))
  if #first > 0 then
    redis.call('PUBLISH', ARGV[2], ARGV[3] .. ' ' .. table.concat(first, ' '))
  end
end

return 0
