namespace ModelMesh.LocalHosting;

/// <summary>A connection string, given or put together from endpoints. It is healthy when everything it refers to is.</summary>
public sealed class ConnectionStringResource : Resource, IResourceWithConnectionString, IResourceWithWaitSupport
{
    private readonly ReferenceExpression _value;

    internal ConnectionStringResource(string name, ReferenceExpression value)
        : base(name)
    {
        _value = value;
        WaitsFor.AddRange(value.Resources);
    }

    internal string Value => _value.Resolve();

    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(WaitsFor.Select(resource => resource.Health.WaitAsync(cancellationToken)));
            Health.SetHealthy();
        }
        catch (LaunchException fault)
        {
            Health.SetFailed(fault);
        }
    }
}
