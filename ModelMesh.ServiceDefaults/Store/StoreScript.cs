using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>
/// One Lua script, an embedded .lua file beside the class that runs it. It is called by its hash; a store that does not know it (it was
/// restarted) gets the text once, by EVAL, which also makes it remember. Thread-safe.
/// </summary>
public sealed class StoreScript
{
    private readonly byte[] _hash;

    private StoreScript(string text)
    {
        Text = text;
#pragma warning disable CA5350 // SHA-1 is what the protocol names scripts by; nothing is secured with it.
        _hash = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
        Hash = Convert.ToHexStringLower(_hash);
    }

    internal string Text { get; }

    /// <summary>What the store calls it, in hexadecimal digits.</summary>
    internal string Hash { get; }

    /// <summary>Reads the script <paramref name="file"/>, which lies in the folder of <typeparamref name="TBeside"/>.</summary>
    public static StoreScript Load<TBeside>(string file)
    {
        using var stream = typeof(TBeside).Assembly.GetManifestResourceStream($"{typeof(TBeside).Namespace}.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded beside {typeof(TBeside)}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new StoreScript(reader.ReadToEnd());
    }

    /// <summary>This script with the text of another before it, whose functions it uses.</summary>
    public StoreScript After(StoreScript functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        return new StoreScript(functions.Text + Text);
    }

    public async Task<RedisResult> EvaluateAsync(IDatabaseAsync database, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await database.ScriptEvaluateAsync(_hash, keys, values);
        }
        catch (RedisServerException exception) when (StoreErrors.IsNoScript(exception.Message))
        {
            // Keys go in as RedisKey, so that a cluster client still finds their slot.
            return await database.ExecuteAsync("EVAL", [Text, keys.Length, .. keys.Cast<object>(), .. values.Cast<object>()]);
        }
    }
}
