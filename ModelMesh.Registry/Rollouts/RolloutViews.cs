using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>Puts together what operators see: the entry, and while it is active what its versions have done in the present step.</summary>
internal sealed class RolloutViews(TallyStore tallies)
{
    public async Task<RolloutView> OfAsync(Rollout rollout)
    {
        if (!rollout.IsActive || rollout.Step < 0)
        {
            return RolloutView.Of(rollout, rollout.FromFigures, rollout.ToFigures);
        }

        try
        {
            var tally = await tallies.ReadAsync(rollout);
            return RolloutView.Of(rollout, tally.From.Figures, tally.To.Figures);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // Reading goes on without the store; the figures are those of the step before then.
            return RolloutView.Of(rollout, rollout.FromFigures, rollout.ToFigures);
        }
    }
}
