using System.Globalization;
using System.Text;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>The headers that say who serves an answer, and what the way there cost.</summary>
internal static class AnswerHeaders
{
    /// <summary>What the way to the answer was. Before the first token is sent.</summary>
    /// <param name="attempts">How many times upstreams were asked for it.</param>
    /// <param name="instead">The version that would have served it, had it been able to; null where that one does.</param>
    public static void WriteWay(IHeaderDictionary headers, int attempts, ModelVersion? instead)
    {
        headers["x-modelmesh-attempts"] = attempts.ToString(CultureInfo.InvariantCulture);
        headers.Remove("x-modelmesh-fallback");
        if (instead is not null)
        {
            headers["x-modelmesh-fallback"] = $"{HeaderText.Encode(instead.Name)}@{HeaderText.Encode(instead.Version)}";
        }
    }

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
