using System.Text;
using System.Text.Json.Nodes;
using ModelMesh.Contracts.Errors;
using Xunit;

namespace ModelMesh.Testing.OpenApi;

/// <summary>What has to hold of a document by itself, whichever service's it is.</summary>
public static class DocumentChecks
{
    /// <param name="unused">Shared components that this service has no use for.</param>
    public static async Task IsValidAsync(ApiDocument document, params string[] unused)
    {
        var references = document.References();

        Assert.Empty(await ValidityCheck.FaultsAsync(Encoding.UTF8.GetBytes(document.Root.ToJsonString())));
        Assert.Empty(references.Dangling);
        Assert.Equal(unused, references.Unused);
    }

    public static void ListsTheErrorTable(ApiDocument document)
    {
        var schemas = document.Root["components"]!["schemas"]!;
        var codes = schemas["ErrorCode"]!;
        var types = schemas["Error"]!["properties"]!["error"]!["properties"]!["type"]!["enum"]!;

        Assert.Equal(ErrorTable.All.Select(row => row.Name), Texts(codes["enum"]!));
        Assert.All(ErrorTable.All, row => Assert.Contains($"\n| `{row.Name}` | {row.HttpStatus}", codes["description"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(ErrorTable.All.Select(row => row.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), Texts(types).Order(StringComparer.Ordinal));
    }

    public static void AnswersItShowsAreAsTheirSchemasSay(ApiDocument document) => Assert.All(
        document.Operations.SelectMany(operation => operation.AnswerExamples),
        example => Assert.Empty(AnswerCheck.Faults(document, example.MediaType, example.Media, example.MediaType == "application/json" ? example.Example!.ToJsonString() : example.Example!.GetValue<string>())));

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(item => item!.GetValue<string>());
}
