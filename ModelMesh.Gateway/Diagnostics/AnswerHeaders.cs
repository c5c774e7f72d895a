using System.Globalization;
using System.Text;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>The headers that say who serves an answer, and what the way there cost.</summary>
internal static class AnswerHeaders
{
    private const string Attempts = "x-modelmesh-attempts";
    private const string Fallback = "x-modelmesh-fallback";

    /// <summary>What the way to the answer was. Before the first token is sent.</summary>
    /// <param name="attempts">How many times upstreams were asked for it.</param>
    /// <param name="instead">The version that would have served it, had it been able to; null where that one does.</param>
    public static void WriteWay(StageHeaders headers, int attempts, ModelVersion? instead)
    {
        headers[Attempts] = attempts.ToString(CultureInfo.InvariantCulture);
        headers.Remove(Fallback);
        if (instead is not null)
        {
            headers[Fallback] = $"{HeaderText.Encode(instead.Name)}@{HeaderText.Encode(instead.Version)}";
        }
    }

    /// <summary>What the ways to several answers cost together.</summary>
    public static void WriteSum(StageHeaders headers, IEnumerable<StageHeaders> ways) => headers[Attempts] = ways
        .Sum(way => AttemptsOf(way) ?? 0)
        .ToString(CultureInfo.InvariantCulture);

    /// <summary>How many times upstreams were asked; null where nobody said.</summary>
    public static int? AttemptsOf(StageHeaders way) => int.TryParse(way[Attempts], NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) ? attempts : null;

    /// <summary>Whether another version answered than the one that would have, had it been able to.</summary>
    public static bool IsFallback(StageHeaders way) => way[Fallback].Count > 0;

    /// <param name="overhead">What the mesh itself took until the first token.</param>
    public static void Write(HttpResponse response, Accepted accepted, TimeSpan overhead)
    {
        response.Headers["x-modelmesh-model"] = HeaderText.Encode(accepted.Model);
        response.Headers["x-modelmesh-version"] = HeaderText.Encode(accepted.Version);
        response.Headers["x-modelmesh-revision"] = accepted.Revision.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-modelmesh-instance"] = HeaderText.Encode(accepted.Instance);
        response.Headers["x-modelmesh-overhead-ms"] = overhead.TotalMilliseconds.ToString("0.0##", CultureInfo.InvariantCulture);
    }

    /// <summary>Who serves it, as a comment of an event stream whose headers were sent before that was known.</summary>
    public static byte[] Comment(Accepted accepted) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $": accepted model={HeaderText.Encode(accepted.Model)} version={HeaderText.Encode(accepted.Version)} revision={accepted.Revision} instance={HeaderText.Encode(accepted.Instance)}\n\n"));
}
