-- Writes an entry of the traffic whole, new or in place of the one that is there.
-- 1. another revision was expected -> 'mismatch', the revision it has, '0' where it is not there
-- 2. an alias by the name of a model, or of a version of one as requests write it -> 'taken'
-- 3. each reference: NAME@VERSION has to be registered and not to drain; NAME@ is an alias (but for an alias) or a model that serves -> else 'missing', all that are
-- 4. count the catalog's revision up, store the entry under it, tell everyone -> 'created' or 'replaced', what is stored
-- KEYS  1 traffic (hash)  2 models (hash)  3 revision (counter)
-- ARGV  1 id  2 definition (JSON)  3 channel  4 expected revision, '' for any, '0' for none  5 and on: references
local before = redis.call('HGET', KEYS[1], ARGV[1])
local has, created = '0', nil
if before then
  has, created = string.match(before, '^(%d+) (%d+) ')
end

if ARGV[4] ~= '' and ARGV[4] ~= has then
  return {'mismatch', has}
end

local alias = string.match(ARGV[1], '^alias/(.*)$')
if alias then
  for _, id in ipairs(redis.call('HKEYS', KEYS[2])) do
    if string.sub(id, 1, #alias + 1) == alias .. '@' or string.gsub(id, '@', '%%40') == alias then
      return {'taken'}
    end
  end
end

local references, missing = '', {'missing'}
for i = 5, #ARGV do
  local reference = ARGV[i]
  local name, version = string.match(reference, '^([^@]*)@(.*)$')
  local stands
  if version ~= '' then
    local model = redis.call('HGET', KEYS[2], reference)
    stands = model and string.match(model, '^%d+ 0 ')
  elseif not alias and redis.call('HEXISTS', KEYS[1], 'alias/' .. name) == 1 then
    reference = 'alias/' .. name
    stands = true
  else
    stands = serving(KEYS[2], name, nil)
  end

  if stands then
    references = references .. ' ' .. reference
  else
    table.insert(missing, reference)
  end
end

if #missing > 1 then
  return missing
end

local clock = redis.call('TIME')
local now = string.format('%d', clock[1] * 1000 + math.floor(clock[2] / 1000))
local revision = string.format('%d', redis.call('INCR', KEYS[3]))
local stored = revision .. ' ' .. (created or now) .. ' ' .. now .. references .. '\n' .. ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], stored)
redis.call('PUBLISH', ARGV[3], '{"revision":' .. revision .. ',"kind":"written","id":"' .. ARGV[1] .. '"}')
return {before and 'replaced' or 'created', stored}
