using System.Text.Json;
using ModelMesh.Registry.Ui.Live;

namespace ModelMesh.Registry.Ui.Instances;

/// <summary><c>instances</c>: by id, whether it is there and how much it does.</summary>
internal sealed class InstancesTopic(InstanceRows rows) : ILiveTopic
{
    public string Name => "instances";

    public ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyDictionary<string, string>>(
        rows.Read().ToDictionary(row => row.Id, row => JsonSerializer.Serialize(new InstanceLive(row.State, row.Streams), InstancesJson.Default.InstanceLive), StringComparer.Ordinal));
}
