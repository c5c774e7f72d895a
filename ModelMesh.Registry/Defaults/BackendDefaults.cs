namespace ModelMesh.Registry.Defaults;

/// <summary>What the models of one backend type use where they say nothing themselves (section <c>Backends:{type}</c>). Empty is as good as absent.</summary>
internal sealed class BackendDefaults
{
    /// <summary>The upstream of models without an <c>endpoint</c>: an absolute http or https URL without a secret in it. Else the plugin's own default.</summary>
    public string? Endpoint { get; set; }

    /// <summary>
    /// The key of models without an <c>api_key</c>: a reference, <c>env:NAME</c> or <c>file:/path</c>, or the key itself. Sent to the default endpoint only,
    /// never to one that a model names.
    /// </summary>
    public string? ApiKey { get; set; }
}
