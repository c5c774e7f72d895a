using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Ui.Models;

namespace ModelMesh.Registry.Ui.Requests;

/// <summary>Makes rows of requests. Pure.</summary>
internal static class RequestRows
{
    /// <summary>How many a page shows.</summary>
    public const int Most = 200;

    // Before that a few tokens that came at once would look like thousands a second.
    private const long ShortestMs = 200;

    /// <param name="sinceMs">When it came, by this replica's clock.</param>
    public static RequestRow Of(MeshRequest request, long sinceMs) => new(
        new RequestFacts(
            KeyOf(request),
            request.Id,
            request.Operation,
            request.Model,
            request.Version,
            ModelPaths.Page(new ModelId(request.Model, request.Version)),
            request.Instance,
            request.Priority,
            request.Shadow,
            sinceMs,
            request.Client?.Caller ?? request.Client?.Address,
            request.Client is { } client ? TitleOf(client) : null),
        new RequestProgress(request.State, request.Revision, request.Attempt, request.Endpoint, request.Tokens, SpeedOf(request), request.TimeToFirstTokenMs));

    public static string KeyOf(MeshRequest request) => $"{request.Instance}/{request.Number}";

    private static double? SpeedOf(MeshRequest request) => request is { TimeToFirstTokenMs: { } firstToken, Tokens: > 1 } && request.AgeMs - firstToken >= ShortestMs
        ? Math.Round((request.Tokens - 1) * 1000.0 / (request.AgeMs - firstToken), 1)
        : null;

    private static string TitleOf(RequestClient client) => string.Join('\n', new[] { client.Caller, client.Address, client.UserAgent, client.Gateway is { } gateway ? $"by the gateway {gateway}" : null }.OfType<string>());
}
