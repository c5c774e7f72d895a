namespace ModelMesh.Registry.Traffic;

internal static class TrafficWriterExtensions
{
    /// <summary>Changing entries of the traffic. Needs the store, the catalog and its writer.</summary>
    public static WebApplicationBuilder AddTrafficWriter(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TrafficScripts>();
        builder.Services.AddSingleton<TrafficWriter>();
        return builder;
    }
}
