using System.Globalization;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>What a script answered: nothing, a whole number, a text or an array of these. Whoever asks for something else than it is gets an <see cref="InvalidCastException"/>.</summary>
public readonly struct StoreReply
{
    private readonly object? _content;

    private StoreReply(object? content) => _content = content;

    /// <summary>The text, or the number as one; null where there is nothing.</summary>
    public string? Text => _content switch
    {
        null => null,
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        RedisResult result => (string?)result,
        _ => throw Other("a text"),
    };

    /// <summary>The number, or the text read as one.</summary>
    public long Number => _content switch
    {
        long number => number,
        string text => long.Parse(text, CultureInfo.InvariantCulture),
        RedisResult result => (long)result,
        _ => throw Other("a number"),
    };

    public IReadOnlyList<StoreReply> Items => _content switch
    {
        StoreReply[] items => items,
        RedisResult result when (RedisResult[]?)result is { } items => Array.ConvertAll(items, Of),
        _ => throw Other("an array"),
    };

    internal static StoreReply Null => default;

    internal bool IsNull => _content is null or RedisResult { IsNull: true };

    internal bool IsRefused => _content is Error;

    /// <summary>The store's own words; empty where it did not refuse.</summary>
    internal string Refusal => (_content as Error)?.Message ?? "";

    internal static StoreReply Of(string text) => new(text);

    internal static StoreReply Of(long number) => new(number);

    internal static StoreReply Of(StoreReply[] items) => new(items);

    // Which kind it is cannot be asked in every version of the client library, only tried.
    internal static StoreReply Of(RedisResult result) => new(result);

    internal static StoreReply Refused(string message) => new(new Error(message));

    /// <exception cref="StoreRefusedException">It is an error.</exception>
    internal void ThrowIfRefused()
    {
        if (_content is Error error)
        {
            throw new StoreRefusedException(error.Message);
        }
    }

    private InvalidCastException Other(string wanted) => new($"The store answered {(IsRefused ? $"the error {Refusal}" : _content switch
    {
        null => "nothing",
        long => "a number",
        string => "a text",
        _ => "an array",
    })} in place of {wanted}.");

    private sealed record Error(string Message);
}
