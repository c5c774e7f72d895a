using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ModelMesh.Registry.Tests.Admin;

/// <summary>An answer with its body read.</summary>
internal sealed record AdminAnswer(HttpStatusCode Status, string? ETag, JsonElement Body)
{
    public string ErrorCode => Body.GetProperty("error").GetProperty("code").GetString()!;

    public string Message => Body.GetProperty("error").GetProperty("message").GetString()!;

    public IReadOnlyList<string> Faults => Body.GetProperty("error").TryGetProperty("details", out var details)
        ? [.. details.EnumerateArray().Select(fault => $"{fault.GetProperty("field").GetString()}: {fault.GetProperty("message").GetString()}")]
        : [];

    public long Revision => Body.GetProperty("revision").GetInt64();
}

/// <summary>The admin API as a client with curl would use it.</summary>
internal static class AdminClient
{
    public static Task<AdminAnswer> PostAsync(this HttpClient http, string body) => SendAsync(http, HttpMethod.Post, "/models", body);

    public static Task<AdminAnswer> PutAsync(this HttpClient http, string path, string body, string? ifMatch = null) => SendAsync(http, HttpMethod.Put, path, body, ifMatch);

    public static Task<AdminAnswer> ReadAsync(this HttpClient http, string path, string? ifNoneMatch = null) => SendAsync(http, HttpMethod.Get, path, null, ifNoneMatch: ifNoneMatch);

    public static Task<AdminAnswer> RemoveAsync(this HttpClient http, string path, string? ifMatch = null) => SendAsync(http, HttpMethod.Delete, path, null, ifMatch);

    public static async Task<AdminAnswer> SendAsync(
        this HttpClient http, HttpMethod method, string path, string? body, string? ifMatch = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new AdminAnswer(response.StatusCode, response.Headers.ETag?.ToString(), text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
