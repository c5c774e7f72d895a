-- Writes one move of a rollout: its entry, with it the weights of both versions, and its place in the history once it has ended. A weight makes no new revision of
-- its version: nothing is loaded anew, and no stream moves.
-- 1. the entry is not the one that this was decided on, or, for a new one, the catalog is not -> 'changed'
-- 2. each weight, where its version is registered: count the catalog's revision up, set it apart in the version's line, tell everyone
-- 3. count the catalog's revision up, store the entry under it, tell everyone; while it is active it refers to both versions
-- 4. ended -> it goes before the others in the history, of which as many stay as asked
-- 5. -> 'ok', what is stored
-- KEYS  1 traffic (hash)  2 models (hash)  3 revision (counter)  4 history (list)
-- ARGV  1 the entry's id  2 definition (JSON)  3 channel  4 the entry's revision, '' for a new one  5 the catalog's revision for a new one  6 '1' when it has ended
--       7 how many stay in the history  8 and 10 the versions' ids  9 and 11 their weights, '' where they stay
local before = redis.call('HGET', KEYS[1], ARGV[1])
local created
if ARGV[4] == '' then
  if (redis.call('GET', KEYS[3]) or '0') ~= ARGV[5] then
    return {'changed'}
  end
else
  local has
  if before then
    has, created = string.match(before, '^(%d+) (%d+) ')
  end

  if has ~= ARGV[4] then
    return {'changed'}
  end
end

for i = 8, 10, 2 do
  local model = ARGV[i + 1] ~= '' and redis.call('HGET', KEYS[2], ARGV[i])
  if model then
    local line, definition = string.match(model, '^(%d+ %d %d+ %d+)[^\n]*\n(.*)$')
    local revision = string.format('%d', redis.call('INCR', KEYS[3]))
    redis.call('HSET', KEYS[2], ARGV[i], line .. ' ' .. ARGV[i + 1] .. ' ' .. revision .. '\n' .. definition)
    redis.call('PUBLISH', ARGV[3], '{"revision":' .. revision .. ',"kind":"weighted","id":"' .. ARGV[i] .. '"}')
  end
end

local clock = redis.call('TIME')
local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
local references = ARGV[6] == '1' and '' or ' ' .. ARGV[8] .. ' ' .. ARGV[10]
local revision = string.format('%d', redis.call('INCR', KEYS[3]))
local stored = revision .. ' ' .. (created or now) .. ' ' .. now .. references .. '\n' .. ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], stored)
redis.call('PUBLISH', ARGV[3], '{"revision":' .. revision .. ',"kind":"written","id":"' .. ARGV[1] .. '"}')
if ARGV[6] == '1' then
  redis.call('LPUSH', KEYS[4], stored)
  redis.call('LTRIM', KEYS[4], 0, ARGV[7] - 1)
end

return {'ok', stored}
