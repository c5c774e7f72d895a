using System.Runtime.InteropServices;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting;

/// <summary>Everything that ends a run: a signal, the caller's token, the end of the process that started it. A second signal ends it the hard way.</summary>
internal sealed class RunEnd : IDisposable
{
    private readonly LaunchOutput _output;
    private readonly CancellationTokenSource _end;
    private readonly List<PosixSignalRegistration> _signals;

    public RunEnd(LaunchOutput output, CancellationToken cancellationToken)
    {
        _output = output;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
        _ = EndWithParentAsync();
    }

    public CancellationToken Token => _end.Token;

    public async Task WaitAsync()
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            _output.WriteLine("Stopping …");
        }
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _end.Cancel();
        _end.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_end.IsCancellationRequested)
        {
            // The default action ends this process; the orphan guard then stops what is left.
            return;
        }

        context.Cancel = true;
        _end.Cancel();
    }

    private async Task EndWithParentAsync()
    {
        var end = _end.Token;
        try
        {
            await ParentWatch.WaitForParentsEndAsync(end);
            await _end.CancelAsync();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The run ended another way.
        }
    }
}
