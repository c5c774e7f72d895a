using System.Collections.Frozen;

namespace ModelMesh.Registry.Defaults;

/// <summary>Every backend type's configured defaults. Read once, at start.</summary>
internal sealed class BackendDefaultsTable
{
    public const string Section = "Backends";

    private FrozenDictionary<string, BackendDefaults> _byType = FrozenDictionary<string, BackendDefaults>.Empty;

    public IEnumerable<KeyValuePair<string, BackendDefaults>> All => _byType.OrderBy(entry => entry.Key, StringComparer.Ordinal);

    public BackendDefaults Of(string type) => _byType.GetValueOrDefault(type) ?? new BackendDefaults();

    public void Read(IConfiguration configuration) =>
        _byType = configuration.GetSection(Section).GetChildren().ToFrozenDictionary(
            type => type.Key,
            type => new BackendDefaults { Endpoint = NotEmpty(type[nameof(BackendDefaults.Endpoint)]), ApiKey = NotEmpty(type[nameof(BackendDefaults.ApiKey)]) },
            StringComparer.OrdinalIgnoreCase);

    // An environment file that has the name but not the value gives an empty one.
    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
