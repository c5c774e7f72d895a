using System.Net;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Traffic;

/// <summary>What registries are told of who sent a request, for operators to see. Nothing is decided by it.</summary>
internal static class CallClient
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const int MaxUserAgent = 120;

    /// <param name="peer">The other end of the connection.</param>
    /// <param name="trustHeaders">Whether a proxy's word for the address counts: the first of <c>X-Forwarded-For</c>, which is the client's where every proxy adds to it.</param>
    /// <param name="gateway">This process.</param>
    public static Client Of(IHeaderDictionary headers, IPAddress? peer, bool trustHeaders, string gateway) => new()
    {
        Address = ((trustHeaders ? Forwarded(headers[ForwardedFor].ToString()) : null) ?? Plain(peer))?.ToString() ?? "",
        UserAgent = Cut(headers.UserAgent.ToString()),
        Gateway = gateway,
    };

    private static IPAddress? Forwarded(string header)
    {
        if (header.Length == 0)
        {
            return null;
        }

        var first = header.AsSpan();
        first = (first.IndexOf(',') is >= 0 and var comma ? first[..comma] : first).Trim();
        return IPEndPoint.TryParse(first, out var end) ? Plain(end.Address) : null;
    }

    // One client is one address, whichever kind of socket it was taken from.
    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static string Cut(string text) => text.Length <= MaxUserAgent ? text : text[..(char.IsHighSurrogate(text[MaxUserAgent - 1]) ? MaxUserAgent - 1 : MaxUserAgent)];
}
