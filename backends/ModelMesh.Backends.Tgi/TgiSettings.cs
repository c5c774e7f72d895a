using System.Text.Json;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tgi.Prompting;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.Tgi;

/// <summary>What a TGI model is made from, read from its <c>backend</c> object.</summary>
internal sealed record TgiSettings(UpstreamSettings Upstream)
{
    /// <summary>Fields of a request's body that are the mesh's own.</summary>
    public static readonly IReadOnlyList<string> Reserved = ["inputs", "stream"];

    /// <summary><c>template</c>: how messages become a prompt.</summary>
    public PromptTemplate Template { get; init; }

    /// <summary><c>model</c>, where it is given: what the server is to say it serves.</summary>
    public string? ExpectedModel { get; init; }

    /// <summary><c>extra.parameters</c>, merged into the request's.</summary>
    public JsonElement? ExtraParameters => Upstream.Extra is { } extra && extra.TryGetProperty("parameters", out var parameters) ? parameters : null;

    /// <exception cref="BackendSettingsException">Lists every fault.</exception>
    public static TgiSettings Read(BackendSettings settings, IServiceProvider services)
    {
        var reader = settings.Reader();
        var upstream = UpstreamSettings.Read(reader, settings, "tgi", services, builtIn: null, Reserved);
        if (upstream.Extra is { } extra && extra.TryGetProperty("parameters", out var parameters) && parameters.ValueKind != JsonValueKind.Object)
        {
            reader.Fault("extra.parameters", "must be an object");
        }

        var tgi = new TgiSettings(upstream)
        {
            Template = reader.Choice("template", PromptTemplate.Server),
            ExpectedModel = reader.Text("model"),
        };
        reader.Done();
        return tgi;
    }

    /// <summary>An address of the server's API.</summary>
    public Uri Api(string path) => Upstream.BesideV1(path);
}
