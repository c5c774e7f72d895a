using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Rollouts;

/// <summary>A parsed body: the rollout it asks for, as far as it could be read, and everything that is wrong with it.</summary>
/// <param name="Draft">May be used when there are no faults.</param>
/// <param name="Faults">To which what the catalog says of its versions may be added.</param>
internal sealed record RolloutBody(Rollout Draft, FaultList Faults)
{
    private const int LongestName = 200;
    private const int MostSteps = 100;
    private const int MostRequests = 1_000_000;
    private const int StepsADefaultTimeout = 10;

    private static readonly TimeSpan ShortestStep = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromHours(24);

    /// <exception cref="MeshException"><c>invalid_request</c> when the body is no JSON object.</exception>
    public static RolloutBody Parse(ReadOnlyMemory<byte> body, string model)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var defaults = new Rollout { Model = model, RequestId = "", From = "", To = "", Strategy = RolloutStrategies.Canary };
        var strategy = fields.OneOf("strategy", RolloutStrategies.All) ?? defaults.Strategy;
        var duration = Milliseconds(fields.Duration("step_duration", ShortestStep, LongestStep)) ?? defaults.StepDurationMs;
        var draft = defaults with
        {
            From = fields.RequiredText("from", LongestName),
            To = fields.RequiredText("to", LongestName),
            Strategy = strategy,
            Steps = Steps(fields, strategy) ?? (strategy is RolloutStrategies.BlueGreen ? [100] : defaults.Steps),
            StepDurationMs = duration,
            StepTimeoutMs = Milliseconds(fields.Duration("step_timeout", ShortestStep, LongestStep))
                ?? Math.Min(Math.Max(defaults.StepTimeoutMs, StepsADefaultTimeout * duration), (long)LongestStep.TotalMilliseconds),
            MaxErrorRate = fields.Number("max_error_rate", 0, 1) ?? defaults.MaxErrorRate,
            MaxTtftP95Ms = fields.Number("max_ttft_p95_ms", 1, LongestStep.TotalMilliseconds),
            MinRequests = (int)(fields.WholeNumber("min_requests", 1, MostRequests) ?? defaults.MinRequests),
            DrainTimeoutMs = Milliseconds(fields.Duration("drain_timeout", TimeSpan.Zero, LongestDrain)) ?? defaults.DrainTimeoutMs,
        };
        if (draft.From.Length > 0 && draft.From == draft.To)
        {
            fields.Fault("to", "must be another version than 'from'");
        }

        if (draft.StepTimeoutMs < draft.StepDurationMs)
        {
            fields.Fault("step_timeout", "must not be shorter than 'step_duration'");
        }

        fields.RefuseTheRest();
        return new RolloutBody(draft, faults);
    }

    private static List<int>? Steps(FieldReader fields, string strategy)
    {
        if (!fields.TryTake("steps", out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong("steps", "an array of whole numbers", value);
            return null;
        }

        if (value.GetArrayLength() is 0 or > MostSteps)
        {
            fields.Fault("steps", $"must have from 1 to {MostSteps} entries");
            return null;
        }

        if (strategy is RolloutStrategies.BlueGreen && value.GetArrayLength() > 1)
        {
            fields.Fault("steps", "must be left out, or be [100]: blue_green moves everything at once");
            return null;
        }

        List<int> steps = [];
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var place = FieldPath.At("steps", index);
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var step) || step is < 1 or > 100)
            {
                fields.Fault(place, "must be a whole number from 1 to 100");
                continue;
            }

            if (steps.Count > 0 && step <= steps[^1])
            {
                fields.Fault(place, $"must be more than the step before it, {steps[^1]}");
            }

            steps.Add(step);
        }

        // Of one that could not be read it was said already.
        if (steps.Count == value.GetArrayLength() && steps[^1] != 100)
        {
            fields.Fault(FieldPath.At("steps", steps.Count - 1), "must be 100: the last step moves everything");
        }

        return steps;
    }

    private static long? Milliseconds(TimeSpan? duration) => duration is { } given ? (long)given.TotalMilliseconds : null;
}
