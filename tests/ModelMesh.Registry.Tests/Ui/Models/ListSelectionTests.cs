using ModelMesh.Registry.Ui.Models;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>What the list of models shows, and in which order.</summary>
public sealed class ListSelectionTests
{
    private static readonly ListQuery Everything = new("", "", "", "name", ListQuery.Window);

    private static readonly ModelGroup[] All =
    [
        ModelRowOf.Group(ModelRowOf.Version("alpha", active: 1, firstTokenMs: 300, capabilities: ["vision"]), ModelRowOf.Version("alpha", "v2", status: "loading")),
        ModelRowOf.Group(ModelRowOf.Version("Beta/7b", type: "openai", health: "unhealthy", labels: ("team", "search"))),
        ModelRowOf.Group(ModelRowOf.Version("gamma", status: "failed", active: 5)),
    ];

    [Theory]
    [InlineData("", "", "", "alpha v1,alpha v2,Beta/7b v1,gamma v1")]
    [InlineData("beta", "", "", "Beta/7b v1")]
    [InlineData("alpha v2", "", "", "alpha v2")]
    [InlineData("team=search", "", "", "Beta/7b v1")]
    [InlineData("VISION", "", "", "alpha v1")]
    [InlineData("alpha nothing", "", "", "")]
    [InlineData("", "failed", "", "gamma v1")]
    [InlineData("", "unhealthy", "", "Beta/7b v1")]
    [InlineData("", "", "openai", "Beta/7b v1")]
    [InlineData("alpha", "ready", "mock", "alpha v1")]
    [InlineData("", "", "open", "")]
    public void Filters_LeaveTheVersionsThatFitAllOfThem(string text, string status, string type, string left)
    {
        var selection = ListSelection.Of(All, Everything with { Text = text, Status = status, BackendType = type });

        Assert.Equal(left, string.Join(',', selection.Groups.SelectMany(group => group.Rows).Select(row => $"{row.Model.Name} {row.Model.Version}")));
        Assert.Equal(selection.Groups.Sum(group => group.Rows.Count), selection.Versions);
    }

    [Fact]
    public void Filters_ThatLeaveOneOfTwoVersions_StillTellThatThereAreTwo()
    {
        var group = Assert.Single(ListSelection.Of(All, Everything with { Text = "v2" }).Groups);

        Assert.Equal((1, 2), (group.Rows.Count, group.Versions));
    }

    [Theory]
    [InlineData("name", "alpha,Beta/7b,gamma")]
    [InlineData("status", "Beta/7b,gamma,alpha")]
    [InlineData("active", "gamma,alpha,Beta/7b")]
    [InlineData("first_token", "alpha,Beta/7b,gamma")]
    public void Order_IsTheOneAskedFor(string sort, string names) =>
        Assert.Equal(names, string.Join(',', ListSelection.Of(All, Everything with { Sort = sort }).Groups.Select(group => group.Name)));

    [Fact]
    public void Window_ShowsTheFirstAndCountsAll()
    {
        var selection = ListSelection.Of(All, Everything with { Show = 2 });

        Assert.Equal((2, 3, 4), (selection.Groups.Count, selection.Models, selection.Versions));
    }
}
