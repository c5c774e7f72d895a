-- Sets the weights of some versions of a model apart from their definitions: none becomes a new revision of its version, so nothing is loaded anew and no stream moves.
-- 1. a rollout of the model runs, which sets them -> 'rollout'
-- 2. the newest revision of any of its versions, or of its weight, is not the expected one -> 'mismatch', what it is
-- 3. one is not registered or drains -> 'missing', its id
-- 4. for each that has another weight: count the catalog's revision up, set it, tell everyone -> 'ok'
-- KEYS  1 models (hash)  2 revision (counter)  3 traffic (hash)
-- ARGV  1 name, encoded  2 channel  3 expected revision, '0' for any  4, 6… ids  5, 7… their weights
if rolls(KEYS[3], ARGV[1] .. '@') then
  return {'rollout'}
end

if ARGV[3] ~= '0' then
  local newest = 0
  for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do
    if string.sub(id, 1, #ARGV[1] + 1) == ARGV[1] .. '@' then
      local revision, weight = string.match(redis.call('HGET', KEYS[1], id), '^(%d+) %d %d+ %d+ ?%d* ?(%d*)')
      newest = math.max(newest, tonumber(revision), tonumber(weight) or 0)
    end
  end

  newest = string.format('%d', newest)
  if newest ~= ARGV[3] then
    return {'mismatch', newest}
  end
end

for i = 4, #ARGV, 2 do
  local stored = redis.call('HGET', KEYS[1], ARGV[i])
  if not stored or not string.match(stored, '^%d+ 0 ') then
    return {'missing', ARGV[i]}
  end
end

for i = 4, #ARGV, 2 do
  local line, weight, definition = string.match(redis.call('HGET', KEYS[1], ARGV[i]), '^(%d+ %d %d+ %d+) ?(%d*)[^\n]*\n(.*)$')
  if weight ~= ARGV[i + 1] then
    local revision = string.format('%d', redis.call('INCR', KEYS[2]))
    redis.call('HSET', KEYS[1], ARGV[i], line .. ' ' .. ARGV[i + 1] .. ' ' .. revision .. '\n' .. definition)
    redis.call('PUBLISH', ARGV[2], '{"revision":' .. revision .. ',"kind":"weighted","id":"' .. ARGV[i] .. '"}')
  end
end

return {'ok'}
