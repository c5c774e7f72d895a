using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Shadows;

/// <summary>Sends copies of requests to the shadow versions of their model, and compares what comes back. Costs nothing where there is none.</summary>
internal sealed class ShadowStage(ICatalog catalog, ShadowCopies copies, ShadowTally tally) : IAnswerStage
{
    private static readonly Func<double> Roll = Random.Shared.NextDouble;

    public Task RunAsync(AnswerCall call, AnswerUse use, AnswerNext next, CancellationToken cancellationToken)
    {
        var route = call.Plan.First;
        var shadows = CopyRule.Choose(route, catalog.Current.VersionsOf(route.Model.Name), call.Request.HashKey ?? call.Traits.HashKey, Roll);
        return shadows.IsEmpty ? next(call, use, cancellationToken) : RunCopiedAsync(shadows, call, use, next, cancellationToken);
    }

    private async Task RunCopiedAsync(ImmutableArray<ModelVersion> shadows, AnswerCall call, AnswerUse use, AnswerNext next, CancellationToken cancellationToken)
    {
        using var copied = new CopiedCall(call, shadows, copies, tally);
        try
        {
            await next(call, stream => copied.UseAsync(stream, use), cancellationToken);
            copied.Ended(null, cancellationToken.IsCancellationRequested);
        }
        catch (Exception exception)
        {
            copied.Ended(exception, cancellationToken.IsCancellationRequested);
            throw;
        }
    }
}
