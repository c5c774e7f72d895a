using Microsoft.Extensions.Logging;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Ollama.Pulling;

/// <summary>
/// Has the server download the model when it turns out to be missing: one pull at a time, in the background, ended by disposal. Thread-safe.
/// </summary>
internal sealed partial class ModelPull(OllamaSettings settings, UpstreamHttp http, ILogger<ModelPull> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposal = new();
    private Task _run = Task.CompletedTask;
    private PullProgress? _progress;
    private string? _failure;

    /// <summary>The state while a pull runs; null when none does.</summary>
    public BackendHealth? Running
    {
        get
        {
            lock (_lock)
            {
                return _progress is null ? null : BackendHealth.Starting(Describe(_progress));
            }
        }
    }

    /// <summary>
    /// What a missing model means: a hint, a pull that was begun or runs already, or the failure of the last one, which the next to ask begins anew.
    /// </summary>
    public BackendHealth WhenMissing()
    {
        if (settings.Pull == PullPolicy.Never)
        {
            return BackendHealth.Unhealthy($"The Ollama server does not have the model: run 'ollama pull {settings.Model}' there, or set pull to missing.");
        }

        lock (_lock)
        {
            if (_progress is not null)
            {
                return BackendHealth.Starting(Describe(_progress));
            }

            if (_failure is { } failure)
            {
                _failure = null;
                return BackendHealth.Unhealthy(failure);
            }

            _progress = new PullProgress();
            var token = _disposal.Token;
            _run = token.IsCancellationRequested ? Task.CompletedTask : Task.Run(() => RunAsync(_progress, token), CancellationToken.None);
            return BackendHealth.Starting(Describe(_progress));
        }
    }

    /// <exception cref="BackendException">A pull runs: the model cannot answer yet.</exception>
    public void ThrowWhileRunning()
    {
        if (Running is { Reason: { } reason })
        {
            throw new BackendException(BackendErrorKind.Unavailable, $"{reason}.");
        }
    }

    /// <summary>Has a request that the server refused for want of the model begin its pull; does nothing where models are not pulled.</summary>
    /// <exception cref="BackendException">The model is being pulled, or could not be.</exception>
    public void ThrowWhenMissing(BackendException refusal)
    {
        if (settings.Pull != PullPolicy.Never)
        {
            throw new BackendException(BackendErrorKind.Unavailable, $"{WhenMissing().Reason}.", refusal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task run;
        lock (_lock)
        {
            _disposal.Cancel();
            run = _run;
        }

        await run;
        _disposal.Dispose();
    }

    private async Task RunAsync(PullProgress progress, CancellationToken cancellationToken)
    {
        LogStarted(settings.Model);
        string? failure = null;
        try
        {
            failure = await PullAsync(progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (BackendException exception)
        {
            failure = exception.Message;
        }

        if (failure is null)
        {
            LogCompleted(settings.Model);
        }
        else
        {
            LogFailed(settings.Model, failure);
        }

        lock (_lock)
        {
            _failure = failure is null ? null : $"Pulling {settings.Model} failed: {failure}";
            _progress = null;
        }
    }

    /// <summary>Pulls, and returns why it failed, or null.</summary>
    private async Task<string?> PullAsync(PullProgress progress, CancellationToken cancellationToken)
    {
        using var body = new JsonBody();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("model", settings.Model);
        body.Writer.WriteBoolean("stream", value: true);
        body.Writer.WriteEndObject();
        using var response = await http.PostAsync(settings.Api("pull"), body, "application/x-ndjson", requestId: null, cancellationToken);
        await foreach (var line in JsonLines.ReadAsync(response, PullLine.Read, cancellationToken))
        {
            if (line.Error is { } error)
            {
                return http.Failure(error).Message;
            }

            if (line.IsSuccess)
            {
                return null;
            }

            progress.Add(line);
        }

        return "the server ended it before it was complete";
    }

    private string Describe(PullProgress progress) =>
        progress.Percent is { } percent ? $"Pulling {settings.Model}: {percent} %" : $"Pulling {settings.Model}";
}
