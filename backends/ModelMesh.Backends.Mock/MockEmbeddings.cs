using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock;

/// <summary>Makes vectors of length 1 from a hash of the text: equal texts have equal ones, and that is all they say. What settings say of the first token holds for them, too.</summary>
internal sealed class MockEmbeddings(MockSettings settings, TimeProvider time) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pace = new MockPace(settings, time, Random.Shared);
        await (settings.Hang ? pace.ForEverAsync(cancellationToken) : pace.BeforeTokenAsync(0, cancellationToken));
        if (settings.FailBeforeFirstToken)
        {
            throw new BackendException(settings.ErrorKind, "The mock failed, as its settings say.");
        }

        var texts = values.ToList();
        var adapter = settings.TellAdapter ? options?.ModelId : null;
        var words = texts.Sum(text => Words.Split(text).Count);
        return new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(VectorOf(adapter is null ? text : $"[{adapter}] {text}", options?.Dimensions ?? settings.Dimensions))))
        {
            Usage = new UsageDetails { InputTokenCount = words, TotalTokenCount = words },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static float[] VectorOf(string text, int dimensions)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var random = new Random(BitConverter.ToInt32(hash));
        var vector = new float[dimensions];
        double squares = 0;
        for (var index = 0; index < dimensions; index++)
        {
            vector[index] = (random.NextSingle() * 2) - 1;
            squares += vector[index] * vector[index];
        }

        var length = (float)Math.Sqrt(squares);
        return length == 0 ? vector : [.. vector.Select(value => value / length)];
    }
}
