using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>What came of turns. What goes wrong in one is told of that one, so that what was measured counts and the others go on.</summary>
/// <param name="restore">Starts again what every turn needs; says what was wrong with it, or null when it was well.</param>
internal sealed class TurnLog(Func<Task<string?>> restore)
{
    private readonly List<RunResult> _runs = [];
    private readonly List<BrokenTurn> _broken = [];

    public IReadOnlyList<RunResult> Runs => _runs;

    public IReadOnlyList<BrokenTurn> Broken => _broken;

    /// <summary>Takes a contender's turn. Runs that ended before it was broken off are kept, unless what every turn needs was at fault.</summary>
    /// <exception cref="ContenderFault">What every turn needs cannot be started again.</exception>
    public async Task TakeAsync(string scenario, string contender, int round, IAsyncEnumerable<RunResult> turn)
    {
        var before = _runs.Count;
        string? why = null;
        try
        {
            await foreach (var run in turn)
            {
                _runs.Add(run);
            }
        }
        catch (Exception fault)
        {
            // Whatever it was, it shall not cost the others their turns.
            why = Fault.Told(fault);
        }

        if (await restore() is { } ended)
        {
            _runs.RemoveRange(before, _runs.Count - before);
            why = ended;
        }

        if (why is not null)
        {
            _broken.Add(new(scenario, contender, round, why));
        }
    }
}
