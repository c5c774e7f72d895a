-- Takes a slot of a model version, if its gate allows it, or a place in its queue. The queue is ordered by score: a band for each priority, the
-- highest first, and in it the order of arrival. A waiter keeps its score, so it loses its place to 7 only.
-- 1. no gate -> 'no_gate'
-- 2. gate not open -> 'closed'
-- 3. gate newer than what the caller serves -> 'stale', its revision
-- 4. forget expired leases, and waiters that nobody has vouched for in time
-- 5. more slots are free than waiters go before the caller -> add the lease, and no place any more: 'granted', and for one that can be pre-empted the
--    score by which it comes back
-- 6. it had a place, which a higher priority took -> 'evicted', how many wait, the pace
-- 7. it has no place yet: it wants none, or as many wait as may and none of a lower priority -> 'full', how many run, of how many, how many wait, the
--    pace; else the last of the lowest priority gives its place where all are taken, and is told
-- 8. it is put where its score says, also where the store had lost it
-- 9. it may pre-empt, and fewer slots are free or being left than those who may wait for: of the holders that can be pre-empted the last of the lowest
--    priority is told to leave. The slot is its own until it has; then it goes to whose turn it is, as any other does
-- 10. -> 'waiting', place, score, the pace
-- The pace is how long it takes until the next slot becomes free while somebody waits, in microseconds; 0 when it is not known.
-- KEYS  1 gate (hash)  2 leases (sorted set: lease id -> expiry in ms)  3 queue (sorted set: waiter id -> score)
--       4 waiting (sorted set: waiter id -> expiry in ms; one that was evicted stays in here)  5 pace (hash: sequence, freed_at, interval)
--       6 early (sorted set: lease id that can be pre-empted -> score, negative once it was told to leave)
-- ARGV  1 lease and waiter id  2 revision the caller serves  3 time to live of a lease in ms  4 first score of its priority's band  5 width of a band
--       6 how many may wait, 0 when the caller does not  7 time to live of a waiter in ms  8 its score, '' when it has none  9 channel  10 model id
--       11 'early': it can be pre-empted; 'urgent': it may pre-empt; else ''  12 the first score of those who may not
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
local queued = redis.call('ZCARD', KEYS[3])
local ahead = 0
if queued > 0 then
  for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', string.format('%d', now))) do
    redis.call('ZREM', KEYS[3], gone)
    redis.call('ZREM', KEYS[4], gone)
  end

  queued = redis.call('ZCARD', KEYS[3])
  ahead = redis.call('ZCOUNT', KEYS[3], '-inf', '(' .. (ARGV[8] ~= '' and ARGV[8] or string.format('%d', ARGV[4] + ARGV[5])))
end

if active + ahead < tonumber(gate[2]) then
  if ARGV[8] ~= '' then
    redis.call('ZREM', KEYS[3], ARGV[1])
    redis.call('ZREM', KEYS[4], ARGV[1])
  end

  redis.call('ZADD', KEYS[2], string.format('%d', now + ARGV[3]), ARGV[1])
  if ARGV[11] ~= 'early' then
    return {'granted'}
  end

  local place = ARGV[8]
  if place == '' then
    place = string.format('%d', ARGV[4] + redis.call('HINCRBY', KEYS[5], 'sequence', '1'))
    redis.call('PEXPIRE', KEYS[5], '86400000')
  end

  redis.call('ZADD', KEYS[6], place, ARGV[1])
  redis.call('PEXPIRE', KEYS[6], string.format('%d', ARGV[3] * 2))
  return {'granted', place}
end

local pace = redis.call('HGET', KEYS[5], 'interval') or '0'
local score = ARGV[8]
if score == '' then
  local full = queued >= tonumber(ARGV[6])
  local last = full and queued > 0 and ARGV[6] ~= '0' and redis.call('ZRANGE', KEYS[3], '-1', '-1', 'WITHSCORES')
  if full and not (last and tonumber(last[2]) >= ARGV[4] + ARGV[5]) then
    return {'full', string.format('%d', active), gate[2], string.format('%d', queued), pace}
  end

  if full then
    redis.call('ZREM', KEYS[3], last[1])
    redis.call('PUBLISH', ARGV[9], ARGV[10] .. ' ' .. last[1])
  elseif queued == 0 then
    redis.call('HSET', KEYS[5], 'freed_at', string.format('%d', clock[1] * 1000000 + clock[2]))
  end

  score = string.format('%d', ARGV[4] + redis.call('HINCRBY', KEYS[5], 'sequence', '1'))
  redis.call('PEXPIRE', KEYS[5], '86400000')
elseif not redis.call('ZSCORE', KEYS[3], ARGV[1]) then
  if redis.call('ZREM', KEYS[4], ARGV[1]) == 1 then
    return {'evicted', string.format('%d', queued), pace}
  end

  -- A store that lost the queue has lost the count too: who comes later must not get a lower one.
  local sequence = score - ARGV[4]
  if sequence > tonumber(redis.call('HGET', KEYS[5], 'sequence') or '0') then
    redis.call('HSET', KEYS[5], 'sequence', string.format('%d', sequence))
  end
end

redis.call('ZADD', KEYS[3], score, ARGV[1])
redis.call('ZADD', KEYS[4], string.format('%d', now + ARGV[7]), ARGV[1])
redis.call('PEXPIRE', KEYS[3], string.format('%d', ARGV[7] * 2))
redis.call('PEXPIRE', KEYS[4], string.format('%d', ARGV[7] * 2))

if ARGV[11] == 'urgent' then
  local leaving = 0
  for _, holder in ipairs(redis.call('ZRANGEBYSCORE', KEYS[6], '-inf', '(0')) do
    if redis.call('ZSCORE', KEYS[2], holder) then
      leaving = leaving + 1
    else
      redis.call('ZREM', KEYS[6], holder)
    end
  end

  local urgent = redis.call('ZCOUNT', KEYS[3], '-inf', '(' .. ARGV[12])
  local last = active + urgent - leaving > tonumber(gate[2]) and redis.call('ZRANGE', KEYS[6], '-1', '-1', 'WITHSCORES') or {}
  while last[1] and tonumber(last[2]) > 0 do
    if redis.call('ZSCORE', KEYS[2], last[1]) then
      redis.call('ZADD', KEYS[6], string.format('%d', -tonumber(last[2])), last[1])
      redis.call('PUBLISH', ARGV[9], ARGV[10] .. ' -' .. last[1])
      break
    end

    redis.call('ZREM', KEYS[6], last[1])
    last = redis.call('ZRANGE', KEYS[6], '-1', '-1', 'WITHSCORES')
  end
end

return {'waiting', string.format('%d', ahead + 1), score, pace}
