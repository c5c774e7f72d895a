namespace ModelMesh.Registry.Rollouts;

internal static class RolloutPath
{
    /// <summary>The id in <c>/models/{name}/rollouts/{request_id}…</c>. One of ours holds nothing that is encoded.</summary>
    public static string Id(HttpContext context) => (string)context.GetRouteValue("request_id")!;
}
