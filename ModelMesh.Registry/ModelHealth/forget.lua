-- Removes the record of a model version that is no longer registered, unless it is about a later registration of the same name.
-- KEYS  1 record (hash)  2 turn (string)
-- ARGV  1 the catalog's revision at the removal
local revision = redis.call('HGET', KEYS[1], 'revision')
if revision and tonumber(revision) > tonumber(ARGV[1]) then
  return 0
end

redis.call('DEL', KEYS[1])
redis.call('DEL', KEYS[2])
return 1
