using System.Globalization;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>The headers that say who serves an answer.</summary>
internal static class AnswerHeaders
{
    public static void Write(HttpResponse response, Accepted accepted)
    {
        response.Headers["x-modelmesh-model"] = HeaderText.Encode(accepted.Model);
        response.Headers["x-modelmesh-version"] = HeaderText.Encode(accepted.Version);
        response.Headers["x-modelmesh-revision"] = accepted.Revision.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-modelmesh-instance"] = HeaderText.Encode(accepted.Instance);
    }
}
