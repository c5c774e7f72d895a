using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>A script and what it is given.</summary>
public sealed record ScriptCall(StoreScript Script, RedisKey[] Keys, StoreValue[] Values);
