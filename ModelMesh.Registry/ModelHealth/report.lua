-- Writes what a replica found out about a model version's upstream, and when the next probe is due. Tells everyone when state or reason changed.
-- 1. the record is about a newer revision -> 'stale'
-- 2. a record of another revision is forgotten, its last error too
-- 3. write; a probe also writes the details and gives its turn back -> the state before (empty: none), then the record as it is now
-- KEYS  1 record (hash)  2 turn (string: a revision, a blank, the replica that probes it)
-- ARGV  1 replica  2 revision  3 'passive' or 'active'  4 state  5 reason  6 failures  7 failed probes  8 error, empty if none
--       9 details as JSON, empty if none  10 ms until a probe is due  11 ms the record stays  12 model version's id  13 channel  14… fields to answer with
local before = redis.call('HMGET', KEYS[1], 'revision', 'state', 'reason')
if before[1] and tonumber(before[1]) > tonumber(ARGV[2]) then
  return {'stale'}
end

if before[1] and before[1] ~= ARGV[2] then
  redis.call('DEL', KEYS[1])
  before = {false, false, false}
end

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'instance', ARGV[1], 'source', ARGV[3], 'state', ARGV[4], 'reason', ARGV[5], 'failures', ARGV[6],
  'failed_probes', ARGV[7], 'checked_at', string.format('%d', now), 'due_at', string.format('%d', now + ARGV[10]))
if ARGV[8] ~= '' then
  redis.call('HSET', KEYS[1], 'last_error', ARGV[8], 'last_error_at', string.format('%d', now))
end

if ARGV[3] == 'active' then
  redis.call('HSET', KEYS[1], 'details', ARGV[9])
  if redis.call('GET', KEYS[2]) == ARGV[2] .. ' ' .. ARGV[1] then
    redis.call('DEL', KEYS[2])
  end
end

redis.call('PEXPIRE', KEYS[1], ARGV[11])
if before[2] ~= ARGV[4] or before[3] ~= ARGV[5] then
  redis.call('PUBLISH', ARGV[13], ARGV[12])
end

local answer = {before[2] or ''}
for i = 14, #ARGV do
  answer[#answer + 1] = redis.call('HGET', KEYS[1], ARGV[i]) or ''
end

return answer
