namespace ModelMesh.Gateway.Diagnostics;

/// <summary>One name for a request in every answer, log line and registry: the client's own where that is fit to be logged, else a new one.</summary>
internal static class RequestId
{
    public const string Header = "x-request-id";
    private const int MaxLength = 128;

    public static string From(string? given) => IsSane(given) ? given! : Guid.CreateVersion7().ToString("N");

    public static string Of(HttpContext context) => context.TraceIdentifier;

    private static bool IsSane(string? given) =>
        given is { Length: > 0 and <= MaxLength } && given.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':');
}
