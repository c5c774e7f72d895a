using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.Wire.OpenAIWire.Embeddings;

/// <summary>Embeddings over the OpenAI wire format: <c>POST {endpoint}/embeddings</c>. Thread-safe. Owns nothing.</summary>
/// <param name="http">The way to the upstream.</param>
/// <param name="settings">Where it is, and what it calls the model.</param>
public sealed class OpenAIWireEmbeddingGenerator(UpstreamHttp http, UpstreamSettings settings) : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly string[] Reserved = ["model", "input"];

    private readonly Uri _uri = settings.Below("embeddings");

    /// <inheritdoc/>
    /// <exception cref="BackendException">It failed.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var body = new JsonBody();
        var count = Write(body, values, options);
        if (count == 0)
        {
            return [];
        }

        var answer = await http.PostAsync(_uri, body, OpenAIWireJson.Default.WireEmbeddings, (options as BackendEmbeddingOptions)?.RequestId, cancellationToken);
        return new GeneratedEmbeddings<Embedding<float>>(InOrder(answer.Data ?? [], count)) { Usage = answer.Usage?.ToDetails() };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private int Write(JsonBody body, IEnumerable<string> values, EmbeddingGenerationOptions? options)
    {
        var extra = new ExtraFields(settings.Extra, options?.AdditionalProperties, Reserved);
        var writer = body.Writer;
        var count = 0;
        writer.WriteStartObject();
        writer.WriteString("model"u8, options?.ModelId ?? settings.Model);
        writer.WriteStartArray("input"u8);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
            count++;
        }

        writer.WriteEndArray();
        if (options?.Dimensions is { } dimensions && !extra.Contains("dimensions"))
        {
            writer.WriteNumber("dimensions"u8, dimensions);
        }

        extra.WriteTo(writer);
        writer.WriteEndObject();
        return count;
    }

    private static List<Embedding<float>> InOrder(WireEmbedding?[] data, int count)
    {
        var ordered = new Embedding<float>?[count];
        for (var position = 0; position < data.Length; position++)
        {
            var index = data[position]?.Index ?? position;
            if (index < 0 || index >= count || data[position]?.Embedding is not { Length: > 0 } vector)
            {
                throw new BackendException(BackendErrorKind.Protocol, "The upstream answered with an embedding that was not asked for, or an empty one.");
            }

            ordered[index] = new Embedding<float>(vector);
        }

        return ordered.OfType<Embedding<float>>().ToList() is { } complete && complete.Count == count
            ? complete
            : throw new BackendException(BackendErrorKind.Protocol, $"The upstream answered with {data.Length} embeddings for {count} inputs.");
    }
}
