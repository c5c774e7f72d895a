using System.Runtime.InteropServices;

namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>How a model version, or a model over its versions, does in the whole mesh.</summary>
/// <param name="Status"><c>pending</c>, <c>loading</c>, <c>ready</c>, <c>draining</c> or <c>failed</c>.</param>
/// <param name="StatusReason">Why it is not ready.</param>
/// <param name="Health"><c>healthy</c>, <c>starting</c>, <c>unhealthy</c> or <c>unknown</c>.</param>
/// <param name="HealthReason">Why it is not healthy.</param>
/// <param name="Active">Requests in flight.</param>
/// <param name="Streams">What its recent streams add up to.</param>
public sealed record ModelState(string Status, string? StatusReason, string Health, string? HealthReason, int Active, StreamSums Streams);

/// <summary>Streams of the last 60 s over all replicas, as sums, so that they add up.</summary>
/// <param name="FirstTokens">Streams with a first token.</param>
/// <param name="FirstTokenMs">Their times to it, from the request's arrival at the registry, added up.</param>
/// <param name="StreamedTokens">Output tokens after the first, of streams that completed.</param>
/// <param name="StreamedMs">The time from each one's first token to its end, added up.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StreamSums(long FirstTokens, double FirstTokenMs, long StreamedTokens, double StreamedMs)
{
    /// <summary>The speed of a stream: tokens after the first by the time they took, each stream weighted by its length; null without one.</summary>
    public double? TokensPerSecond => StreamedMs > 0 ? Math.Round(StreamedTokens * 1000 / StreamedMs, 1) : null;

    /// <summary>The mean over the streams; null without one.</summary>
    public double? TimeToFirstTokenMs => FirstTokens > 0 ? Math.Round(FirstTokenMs / FirstTokens, 1) : null;

    public static StreamSums operator +(StreamSums left, StreamSums right) => new(
        left.FirstTokens + right.FirstTokens,
        left.FirstTokenMs + right.FirstTokenMs,
        left.StreamedTokens + right.StreamedTokens,
        left.StreamedMs + right.StreamedMs);
}
