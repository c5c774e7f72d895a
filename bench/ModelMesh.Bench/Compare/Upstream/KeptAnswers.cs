using System.Collections.Concurrent;
using ModelMesh.Bench.Compare.Load;

namespace ModelMesh.Bench.Compare.Upstream;

/// <summary>The answers of the plans that were asked for last. Safe for use by many at once.</summary>
internal sealed class KeptAnswers
{
    /// <summary>More than a comparison asks for. A plan beyond it has all others made again when they are asked for.</summary>
    public const int Most = 32;

    private readonly ConcurrentDictionary<TokenPlan, AnswerBytes> _answers = new();

    public int Count => _answers.Count;

    public AnswerBytes Of(TokenPlan plan) => _answers.TryGetValue(plan, out var answer) ? answer : Make(plan);

    private AnswerBytes Make(TokenPlan plan)
    {
        if (_answers.Count >= Most)
        {
            _answers.Clear();
        }

        return _answers.GetOrAdd(plan, static plan => new AnswerBytes(plan));
    }
}
