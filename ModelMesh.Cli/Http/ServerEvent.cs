using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Http;

/// <summary>One server-sent event.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Data">Its data, JSON.</param>
internal readonly record struct ServerEvent(string Kind, string Data)
{
    /// <exception cref="CommandFailure">The data is not what this API sends.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Data, type) ?? throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    private static CommandFailure Unreadable() => new(ExitCodes.Failed, "unexpected_answer", "An event of the stream cannot be read.");
}
