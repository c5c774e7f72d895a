using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Instances;
using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Registry.Ui.Instances;

/// <summary>Puts the list of replicas together, out of memory: those that are there by id, then those that went, the latest first.</summary>
internal sealed class InstanceRows(IInstanceDirectory instances, RecentInstances recent, IMeshFigures figures, IInstanceIdentity self)
{
    public IReadOnlyList<InstanceRow> Read()
    {
        var told = figures.Current.Instances.ToDictionary(instance => instance.Instance, instance => instance.Models.Values.Sum(model => model.Active), StringComparer.Ordinal);
        var now = instances.Current;
        return
        [
            .. now.Select(instance => RowOf(instance, null, told.GetValueOrDefault(instance.Id))),
            // One that came back is told of a moment before it is remembered no more.
            .. recent.Gone.Where(gone => !now.Any(instance => instance.Id == gone.Instance.Id)).Select(gone => RowOf(gone.Instance, gone.At, 0)),
        ];
    }

    private InstanceRow RowOf(InstanceInfo instance, DateTimeOffset? goneAt, int streams) => new(
        instance.Id,
        goneAt is not null ? InstanceRow.Gone : instance.Stopping ? InstanceRow.Stopping : InstanceRow.Running,
        instance.HttpAddress,
        instance.GrpcAddress,
        instance.StartedAt,
        goneAt,
        streams,
        instance.Id == self.Id,
        [.. instance.Plugins]);
}
