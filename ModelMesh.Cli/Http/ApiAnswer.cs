using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Http;

/// <summary>An answer that is no error, as it came.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="ETag">Its entity tag, quoted; null where it has none.</param>
/// <param name="Body">Its bytes; empty where it has none.</param>
internal sealed record ApiAnswer(int Status, string? ETag, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The whole body, with fields that this program does not know.</summary>
    /// <exception cref="CommandFailure">It is no JSON object: something else listens at the address.</exception>
    public JsonObject Document()
    {
        try
        {
            return JsonNode.Parse(Text) as JsonObject ?? throw Foreign(null);
        }
        catch (JsonException exception)
        {
            throw Foreign(exception.Message);
        }
    }

    /// <exception cref="CommandFailure">The body is not what this API answers: something else listens at the address.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw Foreign(null);
        }
        catch (JsonException exception)
        {
            throw Foreign(exception.Message);
        }
    }

    private static CommandFailure Foreign(string? reason) =>
        new(ExitCodes.Failed, "unexpected_answer", "The answer is not one of ModelMesh's; is the address right?", reason is null ? null : [reason]);
}
