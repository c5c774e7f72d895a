using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Queue;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>How many requests wait, of those model versions where any can. One round trip, and none where all have room.</summary>
internal sealed class WaitingCounts(IQueueCounts queues)
{
    /// <summary>Those that somebody waits for; none while the store, which alone knows, is away.</summary>
    public async ValueTask<Dictionary<ModelId, int>> ReadAsync(IEnumerable<(ModelVersion Model, int Active)> models)
    {
        // Nobody waits for what nobody holds. What is held is known some seconds late, and so is who waits.
        List<ModelId> asked = [.. models.Where(model => model.Model.MaxQueue > 0 && model.Active > 0).Select(model => model.Model.Id)];
        if (asked.Count == 0)
        {
            return [];
        }

        try
        {
            var counts = await queues.CountAsync(asked);
            return asked.Zip(counts).Where(pair => pair.Second > 0).ToDictionary(pair => pair.First, pair => pair.Second);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            return [];
        }
    }
}
