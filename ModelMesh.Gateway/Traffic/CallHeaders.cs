namespace ModelMesh.Gateway.Traffic;

/// <summary>The request headers by which an application says what no body of an API has a field for.</summary>
internal static class CallHeaders
{
    /// <summary>The tier that rules see as <c>user_tier</c>; it takes the place of the caller's own.</summary>
    public const string Tier = "x-modelmesh-tier";

    /// <summary>From -100 to 100: the place in queues; it takes the place of the caller's own.</summary>
    public const string Priority = "x-modelmesh-priority";

    /// <summary>What a model has to be able to, comma separated, for requests that name none.</summary>
    public const string Capabilities = "x-modelmesh-capabilities";

    /// <summary><c>name=value</c>, comma separated, for rules.</summary>
    public const string Labels = "x-modelmesh-labels";

    /// <summary>Requests with one key go to one version and one endpoint, as the field <c>hash_key</c> has them.</summary>
    public const string HashKey = "x-modelmesh-hash-key";

    /// <summary><c>on</c>, <c>off</c> or <c>refresh</c>; in an answer <c>hit</c> or <c>miss</c>.</summary>
    public const string Cache = "x-modelmesh-cache";

    /// <summary><c>prefill</c>: a stream that breaks may be continued by another attempt that is given what was sent.</summary>
    public const string Continue = "x-modelmesh-continue";

    /// <summary>After how many milliseconds without a first token the request is sent to a second place too, or <c>off</c>.</summary>
    public const string Hedge = "x-modelmesh-hedge";
}
