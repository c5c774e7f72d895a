-- Gives one replica the turn to probe a model version, if a probe is due.
-- 1. the record is about a newer revision -> 'stale'
-- 2. it is about this one and no probe is due -> 'fresh', ms until one is
-- 3. a replica has the turn, for this revision or a newer one -> 'taken', ms until that expires
-- 4. take it -> 'yours'
-- KEYS  1 record (hash)  2 turn (string: a revision, a blank, the replica that probes it)
-- ARGV  1 replica  2 revision the replica serves  3 how long the turn lasts, in ms
local record = redis.call('HMGET', KEYS[1], 'revision', 'due_at')
if record[1] then
  if tonumber(record[1]) > tonumber(ARGV[2]) then
    return {'stale'}
  end

  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  if record[1] == ARGV[2] and tonumber(record[2]) > now then
    return {'fresh', string.format('%d', record[2] - now)}
  end
end

local held = redis.call('GET', KEYS[2])
if held and tonumber(string.match(held, '^(%d+) ')) >= tonumber(ARGV[2]) then
  return {'taken', string.format('%d', redis.call('PTTL', KEYS[2]))}
end

redis.call('SET', KEYS[2], ARGV[2] .. ' ' .. ARGV[1], 'PX', ARGV[3])
return {'yours'}
