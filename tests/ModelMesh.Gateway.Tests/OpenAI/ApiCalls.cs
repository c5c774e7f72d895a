using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI;

/// <summary>Calls of one request id, and what of their answers does not change from one to the next.</summary>
internal static partial class ApiCalls
{
    public const string RequestId = "r-1";

    public static Task<HttpResponseMessage> PostAsync(this TestGateway gateway, string path, string body, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-request-id", RequestId);
        return gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public static async Task<string> TextAsync(this TestGateway gateway, string path, string body)
    {
        using var response = await gateway.PostAsync(path, body);
        return Created().Replace(await response.Content.ReadAsStringAsync(), "\"created\":1");
    }

    /// <summary>The fields that an error names, in the mesh's shape and in OpenAI's.</summary>
    public static async Task<string> FaultsAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return string.Join(" | ", body.RootElement.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()));
    }

    [GeneratedRegex("\"created\":[0-9]{10}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Created();
}
