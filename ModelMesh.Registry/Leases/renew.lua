-- Gives held leases of one model version a new expiry. One that is still listed is held, expired or not: nobody has taken its slot.
-- 1. listed -> a new expiry; where its holder was told to leave, its id after '-' is in the answer, in case the message was lost
-- 2. not listed -> its id is in the answer
-- KEYS  1 leases (sorted set: lease id -> expiry in ms)  2 early (sorted set: lease id that can be pre-empted -> score, negative once it was told to leave)
-- ARGV  1 time to live in ms  2… lease ids
local clock = redis.call('TIME')
local expiry = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000) + ARGV[1])
local early = redis.call('PEXPIRE', KEYS[2], string.format('%d', ARGV[1] * 2)) == 1
local answer = {}
for i = 2, #ARGV do
  if redis.call('ZSCORE', KEYS[1], ARGV[i]) then
    redis.call('ZADD', KEYS[1], expiry, ARGV[i])
    local place = early and redis.call('ZSCORE', KEYS[2], ARGV[i])
    if place and tonumber(place) < 0 then
      answer[#answer + 1] = '-' .. ARGV[i]
    end
  else
    answer[#answer + 1] = ARGV[i]
  end
end

return answer
