namespace ModelMesh.Gateway.Routing;

/// <summary>What follows from a request's content, in the words by which operators register capabilities.</summary>
internal static class RequestCapabilities
{
    public const string Tools = "tools";
    public const string Vision = "vision";
    public const string Json = "json";
    public const string Embeddings = "embeddings";
}
