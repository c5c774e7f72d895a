-- Gives one replica the wheel of a rollout, or renews its hold of it.
-- 1. another one has it -> 0
-- 2. take it, or hold it longer -> 1
-- KEYS  1 driver (string: the replica)
-- ARGV  1 replica  2 how long it holds, in ms
local driver = redis.call('GET', KEYS[1])
if driver and driver ~= ARGV[1] then
  return 0
end

redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
