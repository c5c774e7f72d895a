namespace ModelMesh.LocalHosting;

/// <summary>The endpoint methods that AppHost uses, with Aspire's names and parameters.</summary>
public static class ResourceEndpoints
{
    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, string? name = null, string? env = null)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, scheme: "http", name: name ?? "http", env: env);

    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, string? scheme = null, string? name = null, string? env = null)
        where T : IResourceWithEndpoints
    {
        scheme ??= "tcp";
        builder.Process().Endpoints.Add(new Endpoint(name ?? scheme, scheme, port, env));
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints =>
        new(builder.Process(), name);

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string path)
        where T : IResourceWithEndpoints
    {
        builder.Process().HealthPath = path;
        return builder;
    }

    internal static ProcessResource Process<T>(this IResourceBuilder<T> builder)
        where T : IResource =>
        (ProcessResource)(object)builder.Resource;
}
