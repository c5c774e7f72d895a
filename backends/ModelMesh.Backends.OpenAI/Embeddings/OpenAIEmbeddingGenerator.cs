using System.Buffers;
using System.ClientModel;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;

namespace ModelMesh.Backends.OpenAI.Embeddings;

/// <summary>Embeddings through the SDK. Thread-safe. Owns nothing.</summary>
internal sealed class OpenAIEmbeddingGenerator(EmbeddingClient client, OpenAISettings settings) : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly string[] Reserved = ["model", "input"];

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var inputs = values as IReadOnlyList<string> ?? [.. values];
        if (inputs.Count == 0)
        {
            return [];
        }

        using var body = Write(inputs, options);
        var answer = Read(await client.GenerateEmbeddingsAsync(body, SdkCall.Whole((options as BackendEmbeddingOptions)?.RequestId, cancellationToken)));
        return new GeneratedEmbeddings<Embedding<float>>(InOrder(answer, inputs.Count))
        {
            Usage = answer.Usage is { } usage ? new UsageDetails { InputTokenCount = usage.InputTokenCount, TotalTokenCount = usage.TotalTokenCount } : null,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private BinaryContent Write(IReadOnlyList<string> inputs, EmbeddingGenerationOptions? options)
    {
        var extra = new ExtraFields(settings.Upstream.Extra, options?.AdditionalProperties, Reserved);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("model"u8, options?.ModelId ?? settings.Upstream.Model);
        writer.WriteStartArray("input"u8);
        foreach (var input in inputs)
        {
            writer.WriteStringValue(input);
        }

        writer.WriteEndArray();
        if (!extra.Contains("encoding_format"))
        {
            // As the SDK itself asks, at a third of the length; it also reads the numbers that servers send which do not know this.
            writer.WriteString("encoding_format"u8, "base64"u8);
        }

        if (options?.Dimensions is { } dimensions && !extra.Contains("dimensions"))
        {
            writer.WriteNumber("dimensions"u8, dimensions);
        }

        extra.WriteTo(writer);
        writer.WriteEndObject();
        writer.Flush();
        return BinaryContent.Create(BinaryData.FromBytes(buffer.WrittenMemory));
    }

    private static OpenAIEmbeddingCollection Read(ClientResult result)
    {
        try
        {
            return (OpenAIEmbeddingCollection)result ?? throw Unreadable();
        }
        catch (Exception exception) when (SdkJson.Refuses(exception))
        {
            throw Unreadable(exception);
        }
    }

    private static BackendException Unreadable(Exception? exception = null) =>
        new(BackendErrorKind.Protocol, "The upstream's answer is not the JSON it should be.", exception);

    private static List<Embedding<float>> InOrder(OpenAIEmbeddingCollection answer, int count)
    {
        var ordered = new Embedding<float>?[count];
        for (var position = 0; position < answer.Count; position++)
        {
            // Without a number a vector's place is its number; the SDK would say 0 for each.
            var index = answer[position].Patch.TryGetValue("$.index"u8, out int given) ? given : position;
            if (index < 0 || index >= count)
            {
                throw new BackendException(BackendErrorKind.Protocol, "The upstream answered with an embedding that was not asked for.");
            }

            ordered[index] = new Embedding<float>(answer[position].ToFloats());
        }

        return ordered.OfType<Embedding<float>>().ToList() is { } complete && complete.Count == count
            ? complete
            : throw new BackendException(BackendErrorKind.Protocol, $"The upstream answered with {answer.Count} embeddings for {count} inputs.");
    }
}
