using System.Collections.Concurrent;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.Bench.Compare.Processes;

/// <summary>A program that the bench started, which ends with it.</summary>
internal sealed class StartedProgram : IMeteredProgram, IAsyncDisposable
{
    private const int KeptLines = 50;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ChildProcess _process;

    /// <param name="name">What it is called in results.</param>
    /// <param name="underTest">Whether it is a part of a contender.</param>
    public StartedProgram(IOrphanGuard guard, string name, bool underTest, string folder, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        (Name, UnderTest) = (name, underTest);
        _process = ChildProcess.Start(new ChildCommand(program, [.. arguments], folder, environment ?? new Dictionary<string, string?>(StringComparer.Ordinal)), guard, Keep);
    }

    public string Name { get; }

    public bool UnderTest { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.Exited.IsCompleted;

    /// <summary>What it said last.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Waits until it does what it is there for.</summary>
    /// <exception cref="ContenderFault">It ended, or does not answer in time.</exception>
    public async Task ReadyAsync(Func<Task<bool>> isReady, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        while (!await isReady())
        {
            if (HasEnded || deadline.IsCancellationRequested)
            {
                throw new ContenderFault($"{Name} {(HasEnded ? "ended" : "does not answer")}:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync() => await _process.StopAsync(Grace);

    private void Keep(string line)
    {
        _lines.Enqueue(line);
        if (_lines.Count > KeptLines)
        {
            _lines.TryDequeue(out _);
        }
    }
}
