using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(Patient.PatientFactory))]

namespace Patient;

/// <summary>
/// A backend whose health and answers are what files in the directory say that its setting <c>control</c> names, at each call anew. <c>health</c>: a state and a reason, or how
/// the check fails; <c>details</c>: a JSON object; <c>chat</c>: <c>ok</c>, a number of tokens, an error kind and its retry-after in ms, <c>empty</c>, <c>hang</c> until it is
/// cancelled, <c>deaf</c> to that until it is told otherwise, <c>cut</c> after the first token, or then <c>mumble</c>, chunks without a word. Each check leaves a file <c>check-…</c>, each call one <c>call-…</c>. With the setting <c>endpoint</c> all
/// these files' names begin with its host and a hyphen.
/// </summary>
public sealed class PatientFactory : IBackendFactory
{
    public string Type => "patient";

    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var reader = settings.Reader();
        var control = reader.Text("control") ?? throw new InvalidOperationException("control is missing");
        var endpoint = reader.Endpoint("endpoint");
        reader.Done();
        return new PatientBackend($"{control}{Path.DirectorySeparatorChar}{(endpoint is null ? "" : $"{endpoint.Host}-")}");
    }
}

internal sealed class PatientBackend(string control) : IBackend, IChatClient, IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly string _instance = Guid.NewGuid().ToString("N")[..8];

    public IChatClient Chat => this;

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings => this;

    public async ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync($"{control}check-{Stopwatch.GetTimestamp():D20}-{_instance}", "", CancellationToken.None);
        var (how, reason) = Read("health", "healthy");
        switch (how)
        {
            case "throw":
                throw new InvalidOperationException(reason);
            case "hang":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                break;
            case "deaf":
                await new TaskCompletionSource().Task;
                break;
            case "block":
                SpinWait.SpinUntil(() => Read("health", "block").How != "block");
                break;
        }

        var details = control + "details";
        return new BackendHealth(Enum.TryParse<BackendHealthState>(how, ignoreCase: true, out var state) ? state : BackendHealthState.Healthy, reason.Length == 0 ? null : reason)
        {
            Details = File.Exists(details) ? JsonNode.Parse(await File.ReadAllTextAsync(details, CancellationToken.None))!.AsObject() : null,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await File.WriteAllTextAsync($"{control}call-{Guid.NewGuid():N}", "", CancellationToken.None);
        var (how, rest) = Read("chat", "ok");
        switch (how)
        {
            case "empty":
                yield break;
            case "hang":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                break;
            case "deaf":
                while (how == "deaf")
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
                    how = Read("chat", "ok").How;
                }

                break;
            case "cut":
                yield return new ChatResponseUpdate(ChatRole.Assistant, "well ");
                throw new BackendException(BackendErrorKind.Protocol, "The patient was cut.");
            case "mumble":
                yield return new ChatResponseUpdate(ChatRole.Assistant, "well ");
                while (true)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
                    yield return new ChatResponseUpdate(ChatRole.Assistant, "");
                }
        }

        if (Enum.TryParse<BackendErrorKind>(how, ignoreCase: true, out var kind) && !char.IsAsciiDigit(how[0]))
        {
            throw new BackendException(kind, $"The patient says {how}.") { RetryAfter = rest.Length == 0 ? null : TimeSpan.FromMilliseconds(int.Parse(rest)) };
        }

        for (var token = 0; token < (how == "ok" ? 1 : int.Parse(how)); token++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(how == "ok" ? 0 : 50), TimeProvider.System, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "well ");
        }
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        await foreach (var _ in GetStreamingResponseAsync([], null, cancellationToken))
        {
            // It fails, hangs or answers as a chat does.
        }

        return [.. values.Select(_ => new Embedding<float>(new float[] { 1 }))];
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose()
    {
    }

    private (string How, string Reason) Read(string file, string otherwise)
    {
        var path = control + file;
        var words = (File.Exists(path) ? File.ReadAllText(path) : otherwise).Split(' ', 2);
        return (words[0], words.Length == 2 ? words[1] : "");
    }
}
