using System.Globalization;
using Google.Protobuf;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Cache;

/// <summary>
/// What requests that are exactly the same have in common: SHA-256 of all that a registry is told, without whose request it is, its id, its place in queues and
/// what keeps it at an endpoint; of the version's revision; and of whether a broken answer may be continued, which may become another than one made in one go.
/// </summary>
internal static class RequestHash
{
    // Another one where answers or requests are written in another way.
    private const string Form = "modelmesh answer 1 revision ";

    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(ChatRequest request, ModelRoute route, bool mayBeContinued = false)
    {
        var canonical = request.ToInferRequest(route, "", CallTraits.None);
        canonical.HashKey = "";
        canonical.Options = Canonical(canonical.Options);
        for (var i = 0; i < canonical.Messages.Count; i++)
        {
            canonical.Messages[i] = Canonical(canonical.Messages[i]);
        }

        using var hash = new HashWriter();
        hash.Append(string.Create(CultureInfo.InvariantCulture, $"{Form}{route.Model.Revision} {(mayBeContinued ? 1 : 0)}\n"));
        canonical.WriteTo(hash);
        return hash.Finish();
    }

    // Both are shared with the request itself, so what is changed is a copy.
    private static SamplingOptions Canonical(SamplingOptions options)
    {
        if (options.ExtraJson.Length == 0)
        {
            return options;
        }

        var copy = options.Clone();
        copy.ExtraJson = SortedFields.Of(options.ExtraJson);
        return copy;
    }

    private static ChatMessage Canonical(ChatMessage message)
    {
        if (message.ExtraJson.Length == 0)
        {
            return message;
        }

        var copy = message.Clone();
        copy.ExtraJson = SortedFields.Of(message.ExtraJson);
        return copy;
    }
}
