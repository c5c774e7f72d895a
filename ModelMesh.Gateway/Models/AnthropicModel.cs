using System.Text.Json.Serialization;

namespace ModelMesh.Gateway.Models;

/// <summary>A model as Anthropic's API shows it.</summary>
internal sealed record AnthropicModel(string Type, string Id, string DisplayName, DateTimeOffset CreatedAt)
{
    private const string DisplayNameLabel = "display_name";

    /// <summary>The label <c>display_name</c> is what it is called, else its id.</summary>
    public static AnthropicModel Of(ModelEntry entry) => new(
        "model", entry.Id, entry.Modelmesh.Labels.GetValueOrDefault(DisplayNameLabel, entry.Id), DateTimeOffset.FromUnixTimeSeconds(entry.Created));
}

/// <summary>A page as Anthropic's API shows it.</summary>
internal sealed record AnthropicModelList(
    IReadOnlyList<AnthropicModel> Data,
    bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FirstId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? LastId)
{
    public static AnthropicModelList Of(ModelPage page) => new([.. page.Entries.Select(AnthropicModel.Of)], page.HasMore, page.FirstId, page.LastId);
}
