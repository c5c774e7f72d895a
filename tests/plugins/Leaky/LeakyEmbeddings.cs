using Microsoft.Extensions.AI;

namespace Leaky;

/// <summary>Makes vectors of the number that a text is; of any other text none, but says its secret once it is cancelled.</summary>
internal sealed class LeakyEmbeddings(string key) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var numbers = values.Select(value => float.TryParse(value, out var number) ? number : (float?)null).ToList();
        if (numbers.Contains(null))
        {
            var cancelled = new TaskCompletionSource();
            await using var registration = cancellationToken.UnsafeRegister(_ => cancelled.SetException(new InvalidOperationException($"no time for {key}")), null);
            await cancelled.Task;
        }

        return [.. numbers.Select(number => new Embedding<float>(new[] { 1, number!.Value }))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
