using Microsoft.Extensions.AI;
using ModelMesh.Backends.Ollama.Pulling;
using ModelMesh.Backends.Ollama.Request;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Ollama;

/// <summary>Embeddings by <c>POST /api/embed</c>, all inputs in one request.</summary>
internal sealed class OllamaEmbeddings(OllamaSettings settings, UpstreamHttp http, ModelPull pull) : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly string[] Reserved = ["model", "input"];

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        pull.ThrowWhileRunning();
        using var body = new JsonBody();
        var count = Write(body, values, options);
        var answer = await PostAsync(body, options, cancellationToken);
        if (answer.Embeddings?.Length != count)
        {
            throw new BackendException(BackendErrorKind.Protocol, $"The upstream answered {answer.Embeddings?.Length ?? 0} embeddings for {count} inputs.");
        }

        if (answer.Embeddings.Any(vector => vector is not { Length: > 0 }))
        {
            throw new BackendException(BackendErrorKind.Protocol, "The upstream answered with an empty embedding.");
        }

        return new(answer.Embeddings.Select(vector => new Embedding<float>(vector) { ModelId = options?.ModelId ?? settings.Model }))
        {
            Usage = answer.PromptEvalCount is { } tokens ? new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens } : null,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private int Write(JsonBody body, IEnumerable<string> values, EmbeddingGenerationOptions? options)
    {
        var extra = new CallerExtra(options?.AdditionalProperties, "options", Reserved);
        var writer = body.Writer;
        var merged = new MergedObject(writer);
        writer.WriteStartObject();
        merged.Text("model", options?.ModelId ?? settings.Model);
        merged.Claim("input");
        writer.WriteStartArray();
        var count = 0;
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
            count++;
        }

        writer.WriteEndArray();
        OllamaOptionsWriter.Write(merged, new ChatOptions(), extra.Nested, settings);
        extra.WriteTo(merged);
        merged.AddAll(settings.Extra);
        merged.Number("dimensions", options?.Dimensions);
        merged.Add("keep_alive", settings.KeepAlive);
        writer.WriteEndObject();
        return count;
    }

    private async Task<EmbedAnswer> PostAsync(JsonBody body, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return await http.PostAsync(settings.Api("embed"), body, OllamaJson.Default.EmbedAnswer, (options as BackendEmbeddingOptions)?.RequestId, cancellationToken);
        }
        catch (BackendException exception) when (exception.Kind == BackendErrorKind.NotFound && options?.ModelId is null)
        {
            pull.ThrowWhenMissing(exception);
            throw;
        }
    }
}
