-- Accounts for an answer that is about to be kept, and names those that have to go for it. The caller removes them; each expires by itself as well.
-- 1. kept answers were cleared since the request was looked up -> 'cleared'
-- 2. forget some that have expired
-- 3. take back what an earlier answer to the same request was counted as, and count the new one
-- 4. as long as there is more than may be kept, some at once: forget what expires first, but not the new one -> 'kept', their hashes
-- KEYS  1 index (sorted set: hash -> expiry in ms)  2 sizes (hash: hash -> bytes, 'total' -> their sum)  3 epoch (counter)
-- ARGV  1 hash  2 bytes  3 time to live in ms  4 most bytes  5 epoch of the look-up  6 most to forget at once
if (redis.call('GET', KEYS[3]) or '0') ~= ARGV[5] then
  return {'cleared'}
end

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local function forget(hash)
  local size = redis.call('HGET', KEYS[2], hash) or '0'
  redis.call('ZREM', KEYS[1], hash)
  redis.call('HDEL', KEYS[2], hash)
  return tonumber(redis.call('HINCRBY', KEYS[2], 'total', string.format('%d', 0 - size)))
end

for _, hash in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%d', now), 'LIMIT', '0', ARGV[6])) do
  forget(hash)
end

forget(ARGV[1])
redis.call('ZADD', KEYS[1], string.format('%d', now + ARGV[3]), ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local total = tonumber(redis.call('HINCRBY', KEYS[2], 'total', ARGV[2]))
local answer = {'kept'}
while total > tonumber(ARGV[4]) and #answer <= tonumber(ARGV[6]) do
  local soonest = redis.call('ZRANGE', KEYS[1], '0', '1')
  local hash = soonest[1] ~= ARGV[1] and soonest[1] or soonest[2]
  if not hash then
    break
  end

  total = forget(hash)
  answer[#answer + 1] = hash
end

return answer
