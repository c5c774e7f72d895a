-- What scripts ask about references between entries of the traffic and models; it goes before the script that asks.
-- A reference is NAME@VERSION, NAME@ for any version of a model, or alias/NAME, and stands in an entry's line behind its three numbers.

-- Whether a version, as it is stored, takes requests for its name: it does not drain, and is no shadow version. Settings of a backend that look like one
-- keep something from being deleted; nothing is deleted for them.
local function serves(stored)
  return string.match(stored, '^%d+ 0 ') and not string.find(stored, '"shadow":true', 1, true)
end

-- Whether a name has a version, other than one, that takes requests for it, whatever its weight.
local function serving(models, name, except)
  for _, id in ipairs(redis.call('HKEYS', models)) do
    if id ~= except and string.sub(id, 1, #name + 1) == name .. '@' and serves(redis.call('HGET', models, id)) then
      return true
    end
  end

  return false
end

-- The ids of the entries that refer to one of a set of references, sorted.
local function referrers(traffic, wanted)
  local found = {}
  local entries = redis.call('HGETALL', traffic)
  for i = 1, #entries, 2 do
    for reference in string.gmatch(string.match(entries[i + 1], '^%d+ %d+ %d+([^\n]*)') or '', '%S+') do
      if wanted[reference] then
        table.insert(found, entries[i])
        break
      end
    end
  end

  table.sort(found)
  return found
end

-- A refusal: 'referenced', what is stored where that is told, how many refer, and the first ten. There may be more than a script can return one by one.
local function referenced(found, stored)
  local answer = {'referenced'}
  if stored then
    table.insert(answer, stored)
  end

  table.insert(answer, string.format('%d', #found))
  for i = 1, math.min(#found, 10) do
    table.insert(answer, found[i])
  end

  return answer
end

-- Every reference that needs a model version: to itself, and to its name where no other version would be left to serve.
local function needed(models, id)
  local name = string.match(id, '^[^@]*')
  return {[id] = true, [name .. '@'] = not serving(models, name, id) or nil}
end

-- Whether a rollout of the model moves its traffic: one that has ended refers to nothing.
local function rolls(traffic, id)
  local rollout = redis.call('HGET', traffic, 'rollout/' .. string.match(id, '^[^@]*'))
  return rollout and string.match(rollout, '^%d+ %d+ %d+ %S') ~= nil
end

