using System.Net;
using System.Text.Json;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Http;

/// <summary>What an answer that is an error means to a command. Pure.</summary>
internal static class ApiErrors
{
    /// <param name="status">The answer's.</param>
    /// <param name="body">The answer's; the mesh's error body, or what something else between here and it said.</param>
    /// <param name="service">Who answered, for people.</param>
    public static CommandFailure Of(int status, string body, string service)
    {
        if (Parse(body) is not { } error)
        {
            return new CommandFailure(ExitCodes.Of(status, null), "http_error", $"The {service} answered {status} {(HttpStatusCode)status}{Excerpt(body)}.");
        }

        List<string> details = [.. error.Details?.Select(detail => string.IsNullOrEmpty(detail.Field) ? detail.Message : $"{detail.Field}: {detail.Message}") ?? []];
        var message = error.Message;
        // The mesh's message is its faults, one after the other.
        if (details.Count > 0 && details.TrueForAll(detail => message.Contains(detail, StringComparison.Ordinal)))
        {
            message = details.Count == 1 ? message : $"{details.Count} faults";
            details = details.Count == 1 ? [] : details;
        }

        if (error.RetryAfterMs is { } wait)
        {
            details.Add($"retry after {Values.Durations.Show(TimeSpan.FromMilliseconds(wait))}");
        }

        if ((status, error.Code) is (404, "invalid_request"))
        {
            details.Add($"Is the address of the {service} right, and is it as new as this program?");
        }

        return new CommandFailure(ExitCodes.Of(status, error.Code), error.Code, $"{message} ({error.Code}{(status > 0 ? $", {status}" : "")})", details, body);
    }

    /// <summary>Of <c>event: error</c> in a stream that had begun.</summary>
    public static CommandFailure OfEvent(string body) => Of(0, body, "gateway");

    private static ErrorView? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Default.ErrorAnswer)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Excerpt(string body) => body.ReplaceLineEndings(" ").Trim() switch
    {
        "" => "",
        { Length: > 120 } text => $": {text[..120]}…",
        var text => $": {text}",
    };
}
