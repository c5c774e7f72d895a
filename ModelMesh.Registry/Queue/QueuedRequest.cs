using System.Diagnostics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Queue;

/// <summary>
/// One request on its way to a slot: opens its ticket, waits its turn, tells its place, gives up in time. Disposing it frees the place, if it still has one.
/// </summary>
/// <param name="unknown">The Retry-After where no wait can be expected.</param>
/// <param name="stopping">Fires when this process stops: another replica is to be asked then, whatever the place.</param>
internal sealed class QueuedRequest(IQueue queue, ModelId id, QueueTerms terms, TimeSpan unknown, TimeProvider time, CancellationToken stopping) : IAsyncDisposable
{
    private const string Left = "left";

    private QueueTicket? _ticket;
    private QueuePosition? _told;
    private Task _telling = Task.CompletedTask;
    private Activity? _span;
    private long _began;
    private string _outcome = Left;

    public TimeSpan Waited => _began == 0 ? TimeSpan.Zero : time.GetElapsedTime(_began);

    /// <summary>What to ask for a slot of this revision with; null when it does not wait.</summary>
    public QueueTicket? TicketFor(ModelVersion model)
    {
        if (_ticket is null && terms.MayWait && (model.MaxQueue > 0 || terms.Place is not null))
        {
            _ticket = queue.Open(id, terms.Priority, terms.CanBePreempted, terms.Place);
        }

        _ticket?.Ask(model.MaxQueue);
        return _ticket;
    }

    /// <summary>Waits until the store is to be asked again.</summary>
    /// <param name="model">The newest revision that is known: its time-out counts, from when the request began to wait.</param>
    /// <exception cref="MeshException"><c>capacity_exceeded</c> when it waited as long as it may; <c>backend_unavailable</c> when this process stops.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task WaitAsync(ModelVersion model, CancellationToken cancellationToken)
    {
        if (_began == 0)
        {
            _began = time.GetTimestamp();
            _span = QueueTelemetry.Began(id);
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        do
        {
            await TellAsync();
            var left = TimeSpan.FromMilliseconds(model.QueueTimeoutMs) - Waited;
            if (left <= TimeSpan.Zero)
            {
                Refuse("timeout");
                throw QueueErrors.TimedOut(id, _ticket!.Position, Waited, unknown);
            }

            try
            {
                await _ticket!.WaitAsync(left, over.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new MeshException(ErrorCode.BackendUnavailable, "The registry is stopping.") { RetryElsewhere = true };
            }
        }
        while (!_ticket.MayGo);
    }

    /// <summary>Its turn has come. Completes when nothing is being told any more.</summary>
    public Task AdmittedAsync(CancellationToken cancellationToken)
    {
        _outcome = "admitted";
        return _telling.WaitAsync(cancellationToken);
    }

    /// <summary>It is refused; the metrics learn why.</summary>
    public void Refuse(string reason)
    {
        _outcome = reason;
        QueueTelemetry.Refused(id, reason);
    }

    /// <summary>It failed, of whatever; where it was refused the metrics know that already.</summary>
    public void Failed() => _outcome = _outcome == Left ? "failed" : _outcome;

    public async ValueTask DisposeAsync()
    {
        if (_began != 0)
        {
            QueueTelemetry.Ended(id, _span, Waited, _outcome);
        }

        if (_ticket is not null)
        {
            await queue.CloseAsync(_ticket);
        }
    }

    // Not awaited while it is under way: who does not read must not miss its turn. What it failed of counts with the next one.
    private async ValueTask TellAsync()
    {
        if (!_telling.IsCompleted || _ticket!.Position is not { } position || position == _told || terms.Tell is not { } tell)
        {
            return;
        }

        await _telling;
        _told = position;
        _telling = tell(position);
    }
}
