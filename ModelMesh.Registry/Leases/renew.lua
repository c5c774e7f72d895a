-- Gives held leases of one model version a new expiry. One that is still listed is held, expired or not: nobody has taken its slot.
-- 1. listed -> a new expiry
-- 2. not listed -> its id is in the answer
-- KEYS  1 leases (sorted set: lease id -> expiry in ms)
-- ARGV  1 time to live in ms  2… lease ids
local clock = redis.call('TIME')
local expiry = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000) + ARGV[1])
local lost = {}
for i = 2, #ARGV do
  if redis.call('ZSCORE', KEYS[1], ARGV[i]) then
    redis.call('ZADD', KEYS[1], expiry, ARGV[i])
  else
    lost[#lost + 1] = ARGV[i]
  end
end

return lost
