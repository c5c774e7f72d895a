using System.Runtime.InteropServices;

namespace ModelMesh.Cli.Terminals;

/// <summary>Ctrl+C goes to the handler that was added last; where there is none, it ends the process.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly List<Action> _handlers = [];
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="onTerminate">Called at SIGTERM, whoever listens for Ctrl+C.</param>
    public Interrupts(Action onTerminate) => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = Raise()),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            onTerminate();
        }),
    ];

    public IDisposable On(Action handler)
    {
        lock (_gate)
        {
            _handlers.Add(handler);
        }

        return new Registration(this, handler);
    }

    /// <returns>Whether anybody took it.</returns>
    public bool Raise()
    {
        Action? handler;
        lock (_gate)
        {
            handler = _handlers.LastOrDefault();
        }

        handler?.Invoke();
        return handler is not null;
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private sealed class Registration(Interrupts interrupts, Action handler) : IDisposable
    {
        public void Dispose()
        {
            lock (interrupts._gate)
            {
                interrupts._handlers.Remove(handler);
            }
        }
    }
}
