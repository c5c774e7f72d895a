using System.Globalization;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>Parts of what a rollout says of itself.</summary>
internal static class RolloutText
{
    /// <summary>The step that runs, as people count.</summary>
    public static string Step(Rollout rollout) => Step(rollout, rollout.Step);

    public static string Step(Rollout rollout, int step) => string.Create(CultureInfo.InvariantCulture, $"step {step + 1} of {rollout.Steps.Count}");

    public static string Seconds(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.###} s");
}
