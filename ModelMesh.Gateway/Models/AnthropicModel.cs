using System.Text.Json.Serialization;

namespace ModelMesh.Gateway.Models;

/// <summary>A model as Anthropic's API shows it. What it tells of limits, families and dates the mesh does not know, and says so.</summary>
/// <param name="Type">Always <c>model</c>.</param>
/// <param name="Id">What a client puts into <c>model</c>.</param>
/// <param name="DisplayName">The label <c>display_name</c>, or the id.</param>
/// <param name="CreatedAt">When its first version was registered.</param>
/// <param name="Lifecycle"><c>active</c>, or <c>deprecated</c> while it drains.</param>
internal sealed record AnthropicModel(string Type, string Id, string DisplayName, DateTimeOffset CreatedAt, string Lifecycle)
{
    private const string DisplayNameLabel = "display_name";

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyDictionary<string, string>? Capabilities { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Line { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? MaxInputTokens { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? MaxTokens { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? DeprecatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? RetiresAt { get; init; }

    public static AnthropicModel Of(ModelEntry entry) => new(
        "model",
        entry.Id,
        entry.Modelmesh.Labels.GetValueOrDefault(DisplayNameLabel, entry.Id),
        DateTimeOffset.FromUnixTimeSeconds(entry.Created),
        entry.Modelmesh.Status is "draining" ? "deprecated" : "active");
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
