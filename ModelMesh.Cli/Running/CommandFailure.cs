using System.Text;
using System.Text.Json;

namespace ModelMesh.Cli.Running;

/// <summary>Why a command ends without having done what it was asked for.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="code">What the error is called in JSON: the mesh's own name where it answered.</param>
/// <param name="message">One line for people.</param>
/// <param name="details">More lines, each a fault.</param>
/// <param name="body">The error as the service sent it; null where it sent none.</param>
internal sealed class CommandFailure(int exitCode, string code, string message, IReadOnlyList<string>? details = null, string? body = null) : Exception(message)
{
    public int ExitCode => exitCode;

    public string Code => code;

    public IReadOnlyList<string> Details => details ?? [];

    /// <summary>The error as JSON: the service's own body, or one of the same shape.</summary>
    public string Json => body ?? Compose();

    public static CommandFailure Usage(string message, params string[] details) => new(ExitCodes.Usage, "usage", message, details);

    public static CommandFailure Cancelled(string message = "Cancelled.") => new(ExitCodes.Cancelled, "cancelled", message);

    private string Compose()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            writer.WriteString("message", Message);
            writer.WriteString("type", "cli_error");
            if (Details.Count > 0)
            {
                writer.WriteStartArray("details");
                foreach (var detail in Details)
                {
                    writer.WriteStartObject();
                    writer.WriteString("field", "");
                    writer.WriteString("message", detail);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
