using System.Text;
using System.Text.RegularExpressions;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Ollama;

internal static partial class OllamaCalls
{
    public static Task<HttpResponseMessage> OllamaAsync(this TestGateway gateway, string path, string body, CancellationToken cancellationToken = default) => gateway.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") },
        HttpCompletionOption.ResponseHeadersRead,
        cancellationToken);

    /// <summary>The body of an answer, its moments and durations replaced where they have the right form.</summary>
    public static async Task<string> AnswerAsync(this TestGateway gateway, string path, string body)
    {
        using var response = await gateway.OllamaAsync(path, body);
        return Timeless(await response.Content.ReadAsStringAsync());
    }

    public static string Timeless(string answer) => Duration().Replace(Created().Replace(answer, "\"created_at\":\"T\""), "\"${part}_duration\":0");

    [GeneratedRegex("""
        "created_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z"
        """, RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Created();

    [GeneratedRegex("""
        "(?<part>\w+)_duration":\d+
        """, RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Duration();
}
