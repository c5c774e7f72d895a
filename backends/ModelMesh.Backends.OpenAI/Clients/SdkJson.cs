using System.Text.Json;

namespace ModelMesh.Backends.OpenAI.Clients;

/// <summary>What the SDK's generated readers do with JSON that is not what they expect.</summary>
internal static class SdkJson
{
    /// <summary>Whether an exception is such a reader's: it checks nothing beforehand, so it may be any of these.</summary>
    public static bool Refuses(Exception exception) =>
        exception is JsonException or InvalidOperationException or FormatException or ArgumentException or NullReferenceException;
}
