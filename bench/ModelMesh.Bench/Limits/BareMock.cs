using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Mock;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Bench.Limits;

/// <summary>The mock called in this process: no mesh, no network.</summary>
internal static class BareMock
{
    public static async Task<double[]> FirstTokenMillisecondsAsync(int count)
    {
        var settings = new BackendSettings("bare", "v1", JsonDocument.Parse("""{"tokens":1}""").RootElement, reference => throw new FormatException(reference));
        await using var backend = new MockFactory().Create(settings, new Services());
        var samples = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await foreach (var _ in backend.Chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello world")]))
            {
                samples[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                break;
            }
        }

        return samples;
    }

    private sealed class Services : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? TimeProvider.System : null;
    }
}
