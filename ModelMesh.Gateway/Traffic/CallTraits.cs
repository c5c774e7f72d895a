using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Traffic;

/// <summary>What a request's headers say of it, and who sent it, checked. Not a record: headers must not be printable by accident.</summary>
internal sealed class CallTraits
{
    private static readonly object ItemKey = new();
    private IHeaderDictionary _headers = new HeaderDictionary();

    /// <summary>A request without headers.</summary>
    public static CallTraits None { get; } = new();

    /// <summary>SHA-256 of the API key in lower-case hexadecimal digits; null when none was sent. The key itself goes nowhere.</summary>
    public string? KeySha256 { get; init; }

    /// <summary>The name of the caller whose key it is; null where no key was sent, or one that nobody registered.</summary>
    public string? Caller { get; init; }

    /// <summary>What registries are told of who sent it; null where that is not known.</summary>
    public Client? Client { get; init; }

    /// <summary>Whether what a request says of its own tier and priority counts.</summary>
    public bool IsTrusted { get; init; } = true;

    /// <summary>The header's, or else the caller's.</summary>
    public string? Tier { get; init; }

    /// <summary>The header's, or else the caller's.</summary>
    public int? Priority { get; init; }

    public string? HashKey { get; init; }

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;

    public CacheWish Cache { get; init; }

    /// <summary>Whether a stream that breaks may be continued by another attempt.</summary>
    public bool ContinuesByPrefill { get; init; }

    /// <summary>Null: as the model has it. Infinite: never.</summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>All headers, for conditions on them.</summary>
    public IHeaderDictionary Headers
    {
        get => _headers;
        init => _headers = value;
    }

    /// <summary>One of <see cref="Headers"/>; null where it was not sent.</summary>
    public string? Header(string name) => _headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>The same for a call that may outlive the request, whose headers are the server's to use again.</summary>
    public CallTraits Detached()
    {
        var detached = (CallTraits)MemberwiseClone();
        detached._headers = new HeaderDictionary(_headers.ToDictionary(StringComparer.OrdinalIgnoreCase));
        return detached;
    }

    /// <summary>Those of a request, read once.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every header at fault.</exception>
    public static CallTraits Of(HttpContext context)
    {
        if (context.Items.TryGetValue(ItemKey, out var known) && known is CallTraits read)
        {
            return read;
        }

        var services = context.RequestServices;
        var (headers, trust) = (context.Request.Headers, services.GetRequiredService<IOptions<CallerOptions>>().Value.TrustHeaders);
        var client = CallClient.Of(headers, context.Connection.RemoteIpAddress, trust, services.GetRequiredService<GatewayName>().Value);
        var traits = CallTraitsReader.Read(headers, services.GetRequiredService<ICatalog>().Current.Traffic.CallersByKey, trust, client);
        context.Items[ItemKey] = traits;
        return traits;
    }

    public static string Sha256Of(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
