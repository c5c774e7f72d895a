-- Takes some kept answers out of the account, in the order in which they expire, and names them. The caller removes them.
-- KEYS  1 index (sorted set: hash -> expiry in ms)  2 sizes (hash: hash -> bytes, 'total' -> their sum)
-- ARGV  1 most to forget at once
local hashes = redis.call('ZRANGE', KEYS[1], '0', string.format('%d', ARGV[1] - 1))
for _, hash in ipairs(hashes) do
  redis.call('HINCRBY', KEYS[2], 'total', string.format('%d', 0 - (redis.call('HGET', KEYS[2], hash) or '0')))
  redis.call('ZREM', KEYS[1], hash)
  redis.call('HDEL', KEYS[2], hash)
end

return hashes
