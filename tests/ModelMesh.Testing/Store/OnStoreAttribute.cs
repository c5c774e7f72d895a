using System.Reflection;
using Xunit.Sdk;

namespace ModelMesh.Testing.Store;

/// <summary>Runs a theory, whose one parameter is a <see cref="StoreKind"/>, on Garnet.</summary>
public sealed class OnGarnetAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Garnet]];
}

/// <summary>Runs a theory, whose one parameter is a <see cref="StoreKind"/>, on Redis; skipped with the reason where there is none.</summary>
public sealed class OnRedisAttribute : DataAttribute
{
    public OnRedisAttribute()
    {
        if (RedisProgram.Find() is null)
        {
            Skip = "neither redis-server nor valkey-server is on PATH";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Redis]];
}

/// <summary>The same, skipped also where Redis was built without TLS.</summary>
public sealed class OnRedisWithTlsAttribute : DataAttribute
{
    public OnRedisWithTlsAttribute()
    {
        if (!RedisProgram.HasTls)
        {
            Skip = "no redis-server or valkey-server with TLS is on PATH";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Redis]];
}
