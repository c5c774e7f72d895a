namespace ModelMesh.Gateway.Traffic;

/// <summary>What this process is called where operators see whose requests run: its machine, its process, and what tells it from an earlier one of the same number.</summary>
internal sealed class GatewayName
{
    public string Value { get; } = $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}";
}
