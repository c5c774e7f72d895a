using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Values;

/// <summary>A JSON object that the user wrote, into a file or into the standard input (<c>-</c>).</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <exception cref="CommandFailure">It cannot be read, or is no object.</exception>
    public static async Task<JsonObject> ReadAsync(string path, ITerminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            var text = path is "-" ? await terminal.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(path, cancellationToken);
            return JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw CommandFailure.Usage($"{Shown(path)} holds no JSON object.");
        }
        catch (JsonException exception)
        {
            throw CommandFailure.Usage($"{Shown(path)} is no JSON: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailure.Usage($"{Shown(path)} cannot be read: {exception.Message}");
        }
    }

    private static string Shown(string path) => path is "-" ? "The standard input" : $"'{path}'";
}
