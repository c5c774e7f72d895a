using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Processes;

/// <summary>Measures what programs use from its making to its end: processor time by its difference, memory by looking a few times a second.</summary>
internal sealed class UseMeter : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly Watched[] _watched;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _looking;

    public UseMeter(IEnumerable<IMeteredProgram> programs)
    {
        _watched =
        [
            .. programs.Select(program => new Watched(program.Name, program.UnderTest, ProcessGroupUse.Members(program.Id))),
            new Watched("generator", UnderTest: false, [Environment.ProcessId]),
        ];
        Array.ForEach(_watched, watched => watched.Begin());
        _looking = LookAsync();
    }

    public async Task<IReadOnlyList<ProcessUse>> EndAsync()
    {
        await _end.CancelAsync();
        await _looking;
        return [.. _watched.Select(watched => watched.Use())];
    }

    public void Dispose() => _end.Dispose();

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Look, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                Array.ForEach(_watched, watched => watched.LookAtMemory());
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Measured.
        }
    }

    // Its processes stay the same through a run: workers are started with the program.
    private sealed record Watched(string Name, bool UnderTest, IReadOnlyList<int> Processes)
    {
        private double _cpuBefore;
        private double _resident;

        public void Begin()
        {
            _cpuBefore = Cpu();
            LookAtMemory();
        }

        public void LookAtMemory() => _resident = Math.Max(_resident, Processes.Sum(ProcessGroupUse.ResidentMiB));

        public ProcessUse Use()
        {
            LookAtMemory();
            return new ProcessUse(Name, Math.Round(Cpu() - _cpuBefore, 2), Math.Round(_resident, 1), UnderTest);
        }

        private double Cpu() => Processes.Sum(ProcessGroupUse.CpuSeconds);
    }
}
