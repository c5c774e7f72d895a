namespace ModelMesh.Registry.Ui.Live;

/// <summary><c>mesh</c>: the stamps that tell a page to fetch itself again, and whether the store is there.</summary>
internal sealed class MeshTopic(MeshStamps stamps) : ILiveTopic
{
    public string Name => "mesh";

    public ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(stamps.Read());
}
