-- Lets go of a rollout's wheel, if this replica has it.
-- KEYS  1 driver (string: the replica)
-- ARGV  1 replica
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end

return 0
