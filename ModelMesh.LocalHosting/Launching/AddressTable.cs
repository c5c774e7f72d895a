namespace ModelMesh.LocalHosting;

/// <summary>What is printed when everything is healthy.</summary>
internal static class AddressTable
{
    public static IEnumerable<string> Lines(IEnumerable<ProcessResource> resources, string? dashboardAddress)
    {
        yield return "Everything is up:";
        foreach (var resource in resources.Reverse())
        {
            foreach (var endpoint in resource.Endpoints)
            {
                var address = endpoint.Scheme == "http" ? $"http://localhost:{endpoint.Port}" : $"{endpoint.Scheme}://{Loopback.Host}:{endpoint.Port}";
                var kind = endpoint.Name == endpoint.Scheme ? string.Empty : $" {endpoint.Name}";
                var replicas = resource.Replicas == 1 ? string.Empty : $"   ({resource.Replicas} replicas)";
                yield return $"  {resource.Name + kind,-16} {address}{replicas}";
            }
        }

        if (dashboardAddress is not null)
        {
            yield return $"  {"dashboard",-16} {dashboardAddress}";
        }

        yield return "Ctrl+C stops it all.";
    }
}
