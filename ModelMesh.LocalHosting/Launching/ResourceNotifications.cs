namespace ModelMesh.LocalHosting;

/// <summary>What can be waited for, with Aspire's names.</summary>
public sealed class ResourceNotifications
{
    private readonly IReadOnlyList<Resource> _resources;

    internal ResourceNotifications(IReadOnlyList<Resource> resources) => _resources = resources;

    /// <exception cref="LaunchException">The resource, or one it waits for, ended before it was healthy.</exception>
    public Task WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        _resources.OfType<ProcessResource>().Single(resource => resource.Name == resourceName).Health.WaitAsync(cancellationToken);
}
