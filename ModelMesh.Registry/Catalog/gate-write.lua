-- Brings a gate to a revision of its model, unless it is there or further.
-- 1. the gate has this revision or a newer one -> its state and revision, unchanged
-- 2. write it, let it stay (a closed gate would expire), have those who wait look -> its new state and revision
-- KEYS  1 gate (hash)
-- ARGV  1 state, 'open' or 'draining'  2 max_concurrency  3 revision  4 channel  5 model id
local gate = redis.call('HMGET', KEYS[1], 'state', 'revision')
if gate[2] and tonumber(gate[2]) >= tonumber(ARGV[3]) then
  return gate
end

redis.call('HSET', KEYS[1], 'state', ARGV[1], 'max_concurrency', ARGV[2], 'revision', ARGV[3])
redis.call('PERSIST', KEYS[1])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return {ARGV[1], ARGV[3]}
