namespace ModelMesh.LocalHosting;

/// <summary>The With methods that AppHost uses, with Aspire's names and parameters.</summary>
public static class ResourceWiring
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment
    {
        builder.Process().Environment[name] = () => value;
        return builder;
    }

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params object[] args)
        where T : IResourceWithArgs
    {
        builder.Process().Args.AddRange(args.Select<object, Func<string>>(arg => arg switch
        {
            EndpointReferenceExpression expression => expression.Resolve,
            _ => () => Convert.ToString(arg, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty,
        }));
        return builder;
    }

    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source)
        where T : IResourceWithEnvironment
    {
        var connectionString = (ConnectionStringResource)source.Resource;
        builder.Process().Environment[$"ConnectionStrings__{connectionString.Name}"] = () => connectionString.Value;
        return builder;
    }

    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment
    {
        var service = source.Process();
        foreach (var endpoint in service.Endpoints)
        {
            builder.Process().Environment[$"services__{service.Name}__{endpoint.Name}__0"] = () => endpoint.Address;
        }

        return builder;
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        builder.Resource.Replicas = replicas;
        return builder;
    }

    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        ((Resource)(object)builder.Resource).WaitsFor.Add((Resource)dependency.Resource);
        return builder;
    }
}
