using System.Collections.Frozen;
using System.Globalization;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Traffic;

/// <summary>Reads <see cref="CallHeaders"/>. Pure; every fault is listed by the header's name.</summary>
internal static class CallTraitsReader
{
    private const int MaxPriority = 100;
    private const int MaxHashKeyLength = 1024;
    private const int LongestHedgeMs = 3_600_000;
    private const string Bearer = "Bearer ";

    /// <param name="callers">By the SHA-256 of their keys.</param>
    /// <param name="trustHeaders">Whether the headers may say tier and priority. They are checked all the same.</param>
    /// <param name="client">What is known of the sender but its name, which is added.</param>
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static CallTraits Read(IHeaderDictionary headers, IReadOnlyDictionary<string, Caller> callers, bool trustHeaders, Client? client = null)
    {
        var faults = new FaultList();
        var key = KeyOf(headers) is { } sent ? CallTraits.Sha256Of(sent) : null;
        var caller = key is null ? null : callers.GetValueOrDefault(key);
        if (client is not null && caller is not null)
        {
            client.Caller = caller.Name;
        }

        var tier = Text(headers, CallHeaders.Tier);
        var priority = Number(headers, CallHeaders.Priority, -MaxPriority, MaxPriority, faults);
        var traits = new CallTraits
        {
            Headers = headers,
            KeySha256 = key,
            Caller = caller?.Name,
            Client = client,
            IsTrusted = trustHeaders,
            Tier = (trustHeaders ? tier : null) ?? (caller?.Tier is { Length: > 0 } own ? own : null),
            Priority = (trustHeaders ? priority : null) ?? caller?.Priority,
            HashKey = HashKey(headers, faults),
            Capabilities = [.. List(headers, CallHeaders.Capabilities)],
            Labels = Labels(headers, faults),
            Cache = Cache(headers, faults),
            ContinuesByPrefill = OneOf(headers, CallHeaders.Continue, ["prefill"], faults) is not null,
            HedgeAfter = Hedge(headers, faults),
        };
        faults.ThrowIfAny();
        return traits;
    }

    private static string? KeyOf(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString();
        var key = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : headers["x-api-key"].ToString().Trim();
        return key.Length == 0 ? null : key;
    }

    private static string? Text(IHeaderDictionary headers, string name) => headers[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static int? Number(IHeaderDictionary headers, string name, int min, int max, FaultList faults)
    {
        if (Text(headers, name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        faults.Add(name, $"must be a whole number from {min} to {max}");
        return null;
    }

    private static string? HashKey(IHeaderDictionary headers, FaultList faults)
    {
        var key = Text(headers, CallHeaders.HashKey);
        if (key?.Length > MaxHashKeyLength)
        {
            faults.Add(CallHeaders.HashKey, $"must have at most {MaxHashKeyLength} characters");
        }

        return key;
    }

    private static string[] List(IHeaderDictionary headers, string name) =>
        headers[name].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IReadOnlyDictionary<string, string> Labels(IHeaderDictionary headers, FaultList faults)
    {
        if (!headers.ContainsKey(CallHeaders.Labels))
        {
            return FrozenDictionary<string, string>.Empty;
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in List(headers, CallHeaders.Labels))
        {
            var sign = pair.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0)
            {
                faults.Add(CallHeaders.Labels, "must be name=value pairs, comma separated");
                break;
            }

            labels[pair[..sign].TrimEnd()] = pair[(sign + 1)..].TrimStart();
        }

        return labels;
    }

    private static CacheWish Cache(IHeaderDictionary headers, FaultList faults) => OneOf(headers, CallHeaders.Cache, ["on", "off", "refresh"], faults) switch
    {
        "on" => CacheWish.On,
        "off" => CacheWish.Off,
        "refresh" => CacheWish.Refresh,
        _ => CacheWish.Default,
    };

    private static TimeSpan? Hedge(IHeaderDictionary headers, FaultList faults) => Text(headers, CallHeaders.Hedge) switch
    {
        null => null,
        "off" => Timeout.InfiniteTimeSpan,
        _ when Number(headers, CallHeaders.Hedge, 1, LongestHedgeMs, faults) is { } milliseconds => TimeSpan.FromMilliseconds(milliseconds),
        _ => null,
    };

    private static string? OneOf(IHeaderDictionary headers, string name, string[] values, FaultList faults)
    {
        var text = Text(headers, name);
        if (text is null || values.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        faults.Add(name, $"must be {string.Join(", ", values)}");
        return null;
    }
}
