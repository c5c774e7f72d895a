-- Takes from token buckets. A bucket holds its level, below zero for a debt, and when that was in ms. Levels count in 60000ths: a limit of N a minute
-- gets exactly N of them a millisecond. No bucket: a full one.
-- 1. refill each by the time since, until it is full
-- 2. where that is asked for: one of them holds less than a whole -> 'refused', the levels
-- 3. take of each; it expires when it would be full again -> 'granted', the levels
-- KEYS  buckets (hashes), all under one tag
-- ARGV  1 '1' to refuse where there is less than a whole, else '0'  2… for each bucket: its limit a minute, what is taken (below zero: put back)
local unit = 60000
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local levels = {}
local answer = {'granted'}
for i, key in ipairs(KEYS) do
  local rate = tonumber(ARGV[2 * i])
  local level = rate * unit
  local bucket = redis.call('HMGET', key, 'level', 'at')
  if bucket[1] then
    local elapsed = math.max(0, now - tonumber(bucket[2]))
    local missing = level - tonumber(bucket[1])
    if elapsed * rate < missing then
      level = tonumber(bucket[1]) + elapsed * rate
    end
  end

  if level < unit and ARGV[1] == '1' then
    answer[1] = 'refused'
  end

  levels[i] = level
end

for i, key in ipairs(KEYS) do
  local rate = tonumber(ARGV[2 * i])
  if answer[1] == 'granted' then
    levels[i] = math.min(rate * unit, levels[i] - tonumber(ARGV[2 * i + 1]) * unit)
    redis.call('HSET', key, 'level', string.format('%d', levels[i]), 'at', string.format('%d', now))
    redis.call('PEXPIRE', key, string.format('%d', math.ceil((rate * unit - levels[i]) / rate) + 1000))
  end

  answer[i + 1] = string.format('%d', levels[i])
end

return answer
