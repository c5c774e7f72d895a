using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Registry.Failover;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Shadows;

/// <summary>
/// One request of which copies are to be sent.
/// 1. Its answer has a first token: the copies are sent, then it goes on to the client. An answer by another model, a fallback, is none to compare with; nor is one by a shadow version
///    with that version's own copy.
/// 2. It ended: what its version did is told. One that failed before it had a token is copied now, since how often either fails is to be known.
/// 3. A failure that is none of the version's, as a refusal for want of capacity, says nothing.
/// Used by one request, one step at a time.
/// </summary>
internal sealed class CopiedCall(AnswerCall call, ImmutableArray<ModelVersion> shadows, ShadowCopies copies, ShadowTally tally) : IDisposable
{
    private readonly ModelVersion _first = call.Plan.First.Model;
    private readonly bool _isGreedy = ShadowCopy.IsGreedyFor(call.Request, call.Plan.First);
    private readonly string _adapter = call.Plan.First.Adapter;
    private ImmutableArray<Comparison> _comparisons = [];
    private AnswerMeter? _meter;
    private TappedStream? _answer;

    public Task UseAsync(IAnswerStream stream, AnswerUse use)
    {
        // 1
        _meter?.Dispose();
        (_meter, _answer) = (null, null);
        if (!string.Equals(stream.Accepted.Model, _first.Name, StringComparison.Ordinal))
        {
            return use(stream);
        }

        Copy(stream.Accepted.Version);
        _meter = new AnswerMeter(_isGreedy ? new AnswerDigest() : null);
        _answer = new TappedStream(stream, _meter);
        return use(_answer);
    }

    /// <param name="failure">What the rest of the way threw.</param>
    /// <param name="hasLeft">Whether the client has gone.</param>
    public void Ended(Exception? failure, bool hasLeft)
    {
        var real = Measure(failure, hasLeft);
        foreach (var comparison in _comparisons)
        {
            comparison.RealEnded(real);
        }
    }

    public void Dispose() => _meter?.Dispose();

    private MeasuredAnswer? Measure(Exception? failure, bool hasLeft)
    {
        // 2
        var hasFailed = !hasLeft && failure is MeshException { Code: var code } && FailureRules.IsOfTheVersion(code);
        if (failure is null || hasLeft || (hasFailed && _answer is not null))
        {
            return _answer?.Measure(hasFailed, hasLeft);
        }

        // 3
        if (!hasFailed)
        {
            return null;
        }

        Copy(_first.Version);
        return new MeasuredAnswer(AnswerOutcome.Failed, _first.Version, _first.Revision);
    }

    private void Copy(string answeredBy)
    {
        if (!_comparisons.IsEmpty)
        {
            return;
        }

        var others = shadows.RemoveAll(shadow => string.Equals(shadow.Version, answeredBy, StringComparison.Ordinal));
        _comparisons = [.. others.Select(shadow => new Comparison(shadow.Id, tally))];
        for (var i = 0; i < others.Length; i++)
        {
            copies.Send(new ShadowCopy(call, new(others[i], _adapter, IsNamed: true)), _comparisons[i]);
        }
    }
}
