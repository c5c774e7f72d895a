-- Adds what one replica counted of a rollout to what all of them did.
-- 1. this batch of the replica is in it already (its answer was lost) -> 0
-- 2. add, remember the batch, put off the expiry -> 1
-- KEYS  1 tally (hash)
-- ARGV  1 replica  2 the batch's number  3 how long the tally stays, in ms  4 field  5 by how much  6… more fields
local batch = 'batch:' .. ARGV[1]
if redis.call('HGET', KEYS[1], batch) == ARGV[2] then
  return 0
end

for i = 4, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
end

redis.call('HSET', KEYS[1], batch, ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
