-- Makes a slot its holder's to the end, before a token goes out.
-- 1. not listed -> 'lost'
-- 2. its holder was told to leave -> 'preempted'
-- 3. nobody can tell it to from now on -> 'kept'
-- KEYS  1 leases (sorted set: lease id -> expiry in ms)  2 early (sorted set: lease id that can be pre-empted -> score, negative once it was told to leave)
-- ARGV  1 lease id
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return 'lost'
end

local place = redis.call('ZSCORE', KEYS[2], ARGV[1])
if place and tonumber(place) < 0 then
  return 'preempted'
end

redis.call('ZREM', KEYS[2], ARGV[1])
return 'kept'
