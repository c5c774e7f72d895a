using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Registry.Waiting;
using ModelMesh.Gateway.Registry.Wire;

namespace ModelMesh.Gateway.Registry;

/// <summary>One answer on its way from a registry.</summary>
internal sealed class InferStream : IAnswerStream
{
    private static readonly Queued NoLonger = new();
    private readonly InferCall _call;
    private readonly RegistryFleet _fleet;
    private readonly RegistryInstance _instance;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _caller;
    private readonly SilenceWatch _watch;
    private readonly AttemptSpan? _span;
    private readonly ExpandedTexts _texts = new();
    private Task<bool> _reading = Task.FromResult(true);
    private RoutePass? _pass;
    private IDisposable? _kept;
    private bool _isDisposed;

    private InferStream(RegistryFleet fleet, RegistryInstance instance, InferRequest request, StreamTerms terms, CancellationToken caller)
    {
        (_fleet, _instance, _caller) = (fleet, instance, caller);
        _span = AttemptSpan.Start(instance.Info.Id, terms.Model, terms.Cause, terms.Number);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _call = instance.Infer(request, _stop);
        _watch = new SilenceWatch(fleet.Time, terms.Bounds.Accepted, Stop);
    }

    public Accepted Accepted { get; private set; } = new();

    public TimeSpan BackendWait { get; private set; }

    /// <summary>How many times the registry asked the backend for it; at least 1.</summary>
    public int Attempts { get; private set; } = 1;

    /// <summary>Which of the version's endpoints answers, counted from 1; 0 where it has one.</summary>
    public int Endpoint { get; private set; }

    public InferEvent Current => _texts.Of(_call.Current);

    /// <summary>
    /// Starts a call and waits for its first tokens. From here on the instance's use is the stream's to give back, also when this throws.
    /// </summary>
    /// <param name="cancellationToken">Ends the call at once, whatever is being waited for then.</param>
    /// <exception cref="RpcException">The call failed before a token came.</exception>
    /// <exception cref="SilentInstanceException">It was ended for its silence.</exception>
    public static async Task<InferStream> OpenAsync(RegistryFleet fleet, RegistryInstance instance, InferRequest request, StreamTerms terms, CancellationToken cancellationToken)
    {
        var stream = new InferStream(fleet, instance, request, terms, cancellationToken);
        try
        {
            await stream.ReachFirstTokenAsync(terms);
            stream._pass = terms.Pass;
            stream._pass?.FirstToken();
            stream._span?.FirstToken();
            return stream;
        }
        catch (RpcException exception) when (stream._watch.Expired && !cancellationToken.IsCancellationRequested)
        {
            stream.Dispose();
            throw stream.Accepted.Instance.Length == 0
                ? SilentInstanceException.BeforeAccepted(instance.Info.Id, exception)
                : SilentInstanceException.AfterAccepted(instance.Info.Id, exception);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Something that is to be disposed with the stream.</summary>
    public void Keep(IDisposable kept) => _kept = kept;

    public Task<bool> MoveNextAsync()
    {
        _reading = _call.MoveNextAsync();
        _watch.Reading(_reading);
        return _reading;
    }

    /// <summary>What a failure after the first token means; null where it is none of the call's.</summary>
    public FailedAttempt? Judge(Exception exception)
    {
        var failure = FailureOf(exception);
        if (failure is { ConnectionFailed: true })
        {
            _fleet.Avoid(_instance);
        }

        return failure;
    }

    public MeshException Explain(RpcException exception) => Judge(exception)!.Error;

    public MeshException Incomplete() => FailedAttempt.Incomplete(_instance.Info.Id);

    public void Dispose()
    {
        // One that broke is disposed before another goes on with it, and again where none does. The instance's use is given back once.
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _watch.Dispose();
        TellPass();
        TellSpan();
        _call.Dispose();
        _stop.Dispose();
        _instance.Dispose();
        _kept?.Dispose();
    }

    private async Task ReachFirstTokenAsync(StreamTerms terms)
    {
        var (bounds, waited) = (terms.Bounds, false);
        while (await MoveNextAsync())
        {
            if (Current.EventCase == InferEvent.EventOneofCase.Accepted)
            {
                Accepted = Current.Accepted;
                _instance.Answered();
                bounds = terms.Bounds.For(Accepted);
                _watch.Expect(bounds.FirstToken);
                terms.Pass?.GoesOn();
                await (waited ? terms.Queued?.Invoke(NoLonger) ?? Task.CompletedTask : Task.CompletedTask);
            }
            else if (Current.EventCase == InferEvent.EventOneofCase.Queued)
            {
                waited = true;
                _span?.Queued(Current.Queued.Position);
                _watch.Expect(bounds.Queued);
                terms.Pass?.Waits();
                await (terms.Queued?.Invoke(Current.Queued) ?? Task.CompletedTask);
            }
            else if (Current.EventCase == InferEvent.EventOneofCase.Completed || Current.Deltas is { Items.Count: > 0 })
            {
                BackendWait = TimeSpan.FromMicroseconds(Current.Deltas?.BackendWaitUs ?? Current.Completed.BackendWaitUs);
                Endpoint = Current.Deltas?.Endpoint ?? 0;
                Attempts = Math.Max(1, Current.Deltas?.Attempts ?? Current.Completed.Attempts);
                _watch.Expect(bounds.Idle);
                return;
            }
        }

        throw Incomplete();
    }

    private bool IsComplete => _reading.IsCompletedSuccessfully && Current is { EventCase: InferEvent.EventOneofCase.Completed };

    // A stream that its caller left, or that its registry broke, says nothing of the version.
    private void TellPass()
    {
        if (_pass is null)
        {
            return;
        }

        if (IsComplete)
        {
            _pass.Succeeded();
        }
        else if (!_caller.IsCancellationRequested && _reading.Exception?.InnerException is { } cause && FailedAttempt.From(cause, _instance.Info) is { IsOfTheVersion: true })
        {
            _pass.Failed();
        }

        _pass.Dispose();
    }

    // Null while it may go on.
    private Exception? Fault => _reading is { IsCompletedSuccessfully: true } && !_reading.GetAwaiter().GetResult() ? Incomplete() : _reading.Exception?.InnerException;

    private void TellSpan()
    {
        if (_span is null)
        {
            return;
        }

        if (IsComplete)
        {
            _span.Succeeded();
        }
        else if (!_caller.IsCancellationRequested && Fault is { } fault && FailureOf(fault) is { } failure)
        {
            _span.Failed(failure.Error.Code);
        }

        _span.Dispose();
    }

    private FailedAttempt? FailureOf(Exception exception) => exception is RpcException && _watch.Expired
        ? new FailedAttempt(SilentInstanceException.Late(_instance.Info.Id, exception), MayTryAnother: true, ConnectionFailed: true)
        : FailedAttempt.From(exception, _instance.Info);

    private void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call has ended this moment.
        }
    }
}
