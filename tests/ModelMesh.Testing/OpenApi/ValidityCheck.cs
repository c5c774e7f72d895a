using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace ModelMesh.Testing.OpenApi;

/// <summary>What Microsoft's reader of OpenAPI documents finds wrong with one.</summary>
public static class ValidityCheck
{
    public static async Task<IReadOnlyList<string>> FaultsAsync(byte[] document)
    {
        var (_, diagnostic) = await OpenApiDocument.LoadAsync(new MemoryStream(document), "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });
        return [.. diagnostic!.Errors.Concat(diagnostic.Warnings).Select(error => $"{error.Pointer}: {error.Message}")];
    }
}
