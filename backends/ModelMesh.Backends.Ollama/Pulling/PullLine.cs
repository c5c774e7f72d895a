using System.Text.Json;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Ollama.Pulling;

/// <summary>What one line of a pull's answer says.</summary>
/// <param name="Status">What the server is doing; <c>success</c> is the end.</param>
/// <param name="Digest">Which layer the numbers are of.</param>
/// <param name="Total">The layer's size in bytes.</param>
/// <param name="Completed">How much of it is there, in bytes.</param>
/// <param name="Error">Why the pull failed.</param>
internal sealed record PullLine(string? Status, string? Digest, long? Total, long? Completed, UpstreamError? Error)
{
    public bool IsSuccess => Status == "success";

    /// <summary>Reads a line; one that cannot be read says nothing.</summary>
    public static PullLine Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return ReadFields(line);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(null, null, null, null, null);
        }
    }

    private static PullLine ReadFields(ReadOnlySpan<byte> line)
    {
        var read = new PullLine(null, null, null, null, null);
        var reader = new Utf8JsonReader(line);
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("status"u8))
            {
                read = read with { Status = reader.Text() };
            }
            else if (reader.ValueTextEquals("digest"u8))
            {
                read = read with { Digest = reader.Text() };
            }
            else if (reader.ValueTextEquals("total"u8))
            {
                read = read with { Total = reader.WholeNumber() };
            }
            else if (reader.ValueTextEquals("completed"u8))
            {
                read = read with { Completed = reader.WholeNumber() };
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.SkipValue();
                read = read with { Error = UpstreamErrorReader.Read(line) };
            }
            else
            {
                reader.SkipValue();
            }
        }

        return read;
    }
}
