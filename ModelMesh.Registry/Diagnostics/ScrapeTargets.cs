using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Registry.Diagnostics;

/// <summary>
/// <c>GET /metrics/targets</c>: where each replica's own <c>/metrics</c> is, as Prometheus asks for targets over HTTP. One address may stand for all replicas, and each has figures of its own.
/// </summary>
internal sealed class ScrapeTargets(IInstanceDirectory instances)
{
    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(Of(instances.Current), ScrapeJson.Default.IReadOnlyListScrapeTarget, "application/json", context.RequestAborted);
    }

    /// <summary>One entry a replica, by their ids. An address that is none is left out. Pure.</summary>
    public static IReadOnlyList<ScrapeTarget> Of(IReadOnlyList<InstanceInfo> instances) =>
    [
        .. instances.OrderBy(instance => instance.Id, StringComparer.Ordinal)
            .Select(instance => (instance.Id, Address: Uri.TryCreate(instance.HttpAddress, UriKind.Absolute, out var address) ? address : null))
            .Where(instance => instance.Address is not null)
            .Select(instance => new ScrapeTarget([instance.Address!.Authority], new ScrapeLabels(instance.Address.Scheme, instance.Id))),
    ];
}

/// <summary>Addresses with the labels that they have in common.</summary>
internal sealed record ScrapeTarget(IReadOnlyList<string> Targets, ScrapeLabels Labels);

/// <summary>What Prometheus is told of a target: how to ask it, and, for relabelling only, which replica it is.</summary>
internal sealed record ScrapeLabels(
    [property: JsonPropertyName("__scheme__")] string Scheme, [property: JsonPropertyName("__meta_modelmesh_instance")] string Instance);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<ScrapeTarget>))]
internal sealed partial class ScrapeJson : JsonSerializerContext;
